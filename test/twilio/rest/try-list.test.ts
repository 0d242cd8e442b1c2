import { expect, test } from "vitest";

import { tryList } from "../../../src/twilio/rest/outcome.ts";

test("a list that the app reads from Twilio contains the items of Twilio's answer", async () => {
  expect(await tryList(() => Promise.resolve([1, 2]))).toEqual({ kind: "listed", items: [1, 2] });
});

test.each([400, 401, 403, 404])(
  "if Twilio answers a list request with HTTP %i, the request counts as refused",
  async (status) => {
    const error = Object.assign(new Error("no"), { status });
    expect(await tryList(() => Promise.reject(error))).toEqual({ kind: "refused", status });
  },
);

test.each([429, 500, 503, undefined])(
  "if Twilio answers a list request with HTTP %s, the app may retry",
  async (status) => {
    const error = Object.assign(new Error("no"), { status });
    expect(await tryList(() => Promise.reject(error))).toEqual({ kind: "away" });
  },
);
