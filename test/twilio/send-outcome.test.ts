import { expect, test } from "vitest";

import { outcomeOfFailure } from "../../src/twilio/send-outcome.ts";

test("a refusal carries Twilio's code, words and link", () => {
  const error = {
    status: 400,
    code: 21211,
    message: "Invalid 'To'",
    moreInfo: "https://twilio.example/21211",
  };
  expect(outcomeOfFailure(error)).toEqual({
    kind: "refused",
    error: { code: "21211", message: "Invalid 'To'", more_info: "https://twilio.example/21211" },
  });
});

test.each([
  [{ status: 429, code: 20429, message: "Too many requests" }, "not_sent"],
  [{ status: 429 }, "not_sent"],
  [{ status: 429, code: 21611, message: "Queue full" }, "refused"],
  [{ status: 401, code: 20003, message: "Authenticate" }, "refused"],
  [{ status: 302, message: undefined }, "refused"],
  [{ status: 500, message: "Oops" }, "unknown"],
  [{ status: 502, message: undefined }, "unknown"],
  [{ code: "ECONNRESET", cause: { code: "ECONNRESET", syscall: "read" } }, "unknown"],
  [{ code: "ECONNABORTED", message: "timeout of 30000ms exceeded" }, "unknown"],
  [new SyntaxError("Unexpected token '<'"), "unknown"],
  [{ code: "ECONNREFUSED", cause: { code: "ECONNREFUSED", syscall: "connect" } }, "not_sent"],
  [{ code: "ETIMEDOUT", cause: { code: "ETIMEDOUT", syscall: "connect" } }, "not_sent"],
  [{ code: "ENOTFOUND", cause: { code: "ENOTFOUND", syscall: "getaddrinfo" } }, "not_sent"],
  [{ code: "DEPTH_ZERO_SELF_SIGNED_CERT", cause: { code: "DEPTH_ZERO_SELF_SIGNED_CERT" } }, "not_sent"],
  [{ cause: new AggregateError([{ syscall: "connect" }, { syscall: "connect" }]) }, "not_sent"],
  [{ cause: new AggregateError([{ syscall: "connect" }, { syscall: "read" }]) }, "unknown"],
])("%o is taken as %s", (error, kind) => {
  expect(outcomeOfFailure(error).kind).toBe(kind);
});

test("nothing of the thrown error is handed on, since it holds the credentials", () => {
  const error = { code: "ECONNRESET", config: { headers: { Authorization: "Basic c2VjcmV0" } } };
  expect(JSON.stringify(outcomeOfFailure(error))).not.toContain("c2VjcmV0");
});
