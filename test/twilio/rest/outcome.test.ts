import { expect, test } from "vitest";

import {
  TwilioConnectionLostError,
  TwilioTooManyRequestsError,
  TwilioUnreachableError,
} from "../../../src/twilio/rest/errors.ts";
import { sendOutcomeOf, lookUpOutcomeOf } from "../../../src/twilio/rest/outcome.ts";
import { HOSTILE_LINKS } from "../../panel/hostile-links.ts";

test("if Twilio refuses a request, the outcome has Twilio's code, message and link", () => {
  const error = {
    status: 400,
    code: 21211,
    message: "Invalid 'To'",
    moreInfo: "https://twilio.example/21211",
  };
  expect(sendOutcomeOf(error)).toEqual({
    kind: "refused",
    error: {
      code: "21211",
      message:
        "The number is not a valid phone number. Write the number with + and the country's code. (Twilio 21211: Invalid 'To')",
      more_info: "https://twilio.example/21211",
    },
  });
});

test("if the link in Twilio's refusal is not a safe URL, the outcome has the link to Twilio's page about the code", () => {
  for (const moreInfo of HOSTILE_LINKS)
    expect(sendOutcomeOf({ status: 400, code: 21211, message: "Invalid 'To'", moreInfo })).toMatchObject({
      error: { more_info: "https://www.twilio.com/docs/errors/21211" },
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
  [{ code: "ECONNREFUSED", cause: { code: "ECONNREFUSED", syscall: "connect" } }, "unknown"],
  [new SyntaxError("Unexpected token '<'"), "unknown"],
  [new TypeError("Cannot read properties of null (reading 'sid')"), "unknown"],
  [new TwilioConnectionLostError("ECONNREFUSED"), "unknown"],
  [new TwilioUnreachableError("ECONNRESET"), "not_sent"],
])("the outcome of a POST to Twilio that failed with %o is `%s`", (error, kind) => {
  expect(sendOutcomeOf(error).kind).toBe(kind);
});

test("after HTTP 429 the app waits as long as Twilio requests, and Twilio's error for a full queue counts as refused", () => {
  const busy = { code: 20429, message: "Too many requests" };
  expect(sendOutcomeOf(new TwilioTooManyRequestsError(busy, 7_000))).toEqual({
    kind: "not_sent",
    error: {
      code: "20429",
      message: expect.stringContaining("(Twilio 20429: Too many requests)"),
      more_info: "https://www.twilio.com/docs/errors/20429",
    },
    retryAfterMs: 7_000,
  });
  expect(sendOutcomeOf(new TwilioTooManyRequestsError("<html>", null))).toMatchObject({
    kind: "not_sent",
    error: { code: "20429", message: expect.stringContaining("(Twilio 20429)") },
    retryAfterMs: null,
  });
  const full = { code: 21611, message: "Queue full", more_info: "https://twilio.example/21611" };
  expect(sendOutcomeOf(new TwilioTooManyRequestsError(full, 7_000))).toEqual({
    kind: "refused",
    error: {
      code: "21611",
      message: expect.stringContaining("(Twilio 21611: Queue full)"),
      more_info: "https://twilio.example/21611",
    },
  });
});

test("an unknown outcome says what happened, and that the app does not send again", () => {
  expect(sendOutcomeOf(new TwilioConnectionLostError("ECONNRESET"))).toEqual({
    kind: "unknown",
    error: {
      code: "unknown_outcome",
      message:
        "The connection to Twilio was lost (ECONNRESET), so the app does not know whether the message or call was sent. The app does not send it again.",
      more_info: null,
    },
  });
});

test.each([
  [new TwilioUnreachableError("ENOTFOUND"), "Twilio cannot be reached (ENOTFOUND)"],
  [new TwilioConnectionLostError("ECONNRESET"), "The connection to Twilio was lost (ECONNRESET)"],
  [{ status: 503 }, "Twilio had an internal error (HTTP 503)"],
  [new SyntaxError("Unexpected token '<'"), "Twilio's answer could not be read"],
])("a GET to Twilio that failed with %o means that Twilio is away", (error, message) => {
  expect(lookUpOutcomeOf(error)).toEqual({
    kind: "not_sent",
    error: { code: "twilio_away", message, more_info: null },
    retryAfterMs: null,
  });
});

test("a GET that Twilio refuses has the outcome `refused`, and with HTTP 429 the app waits", () => {
  expect(lookUpOutcomeOf({ status: 401, code: 20003, message: "Authenticate" })).toMatchObject({
    kind: "refused",
    error: { code: "20003" },
  });
  expect(lookUpOutcomeOf(new TwilioTooManyRequestsError({}, 1_000))).toMatchObject({
    kind: "not_sent",
    retryAfterMs: 1_000,
  });
});

test("an outcome contains nothing of the error object, which contains the credentials", () => {
  const error = { code: "ECONNRESET", config: { headers: { Authorization: "Basic c2VjcmV0" } } };
  expect(JSON.stringify(sendOutcomeOf(error))).not.toContain("c2VjcmV0");
});
