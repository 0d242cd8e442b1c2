import { expect, test } from "vitest";

import { tryList } from "../../../src/twilio/rest/outcome.ts";

test("the list in Twilio's answer is returned", async () => {
  expect(await tryList(() => Promise.resolve([1, 2]))).toEqual({ kind: "listed", items: [1, 2] });
});

test.each([400, 401, 403, 404])("HTTP %i counts as a refusal", async (status) => {
  const error = Object.assign(new Error("no"), { status });
  expect(await tryList(() => Promise.reject(error))).toEqual({ kind: "refused", status });
});

test.each([429, 500, 503, undefined])("after HTTP %s a retry can help", async (status) => {
  const error = Object.assign(new Error("no"), { status });
  expect(await tryList(() => Promise.reject(error))).toEqual({ kind: "away" });
});
