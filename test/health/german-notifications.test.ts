import { describe, expect, test } from "vitest";

import { englishWords, wordsOf } from "../../src/domain/notification.ts";
import { failureNotification, unreadableRequestNotification } from "../../src/health/notification.ts";
import {
  CREDENTIALS_REFUSED_NOTIFICATION,
  relayBusyNotification,
  signaturesNotification,
  unreachableNotification,
} from "../../src/health/problem-texts.ts";
import { TEXTS as DE } from "../../src/texts/de/texts.ts";
import { messageTo } from "../journal/conversation-rows.ts";

const ANNA = "+4915112345678";
const AT = Date.UTC(2026, 10, 24, 12);
const NONE = { sid: null, status: null, segments: null, answered_by: null, duration: null };

function failure(code: string) {
  const error = { code, message: "Nobody knows.", more_info: null };
  const found = failureNotification(messageTo("req_1", ANNA, "Look", 1), [{ to: ANNA, error, ...NONE }]);
  if (found === null) throw new Error("there is no notification");
  return found;
}

test.each([
  CREDENTIALS_REFUSED_NOTIFICATION,
  signaturesNotification("auth_token", null),
  signaturesNotification("auth_token", "https://home.example"),
  unreachableNotification({ at: AT, code: "11200", url: "https://home.example/webhook" }),
  relayBusyNotification(5_000),
  unreadableRequestNotification(new Date(AT)),
  failure("21610"),
])("$id has other words in German than in English", (notification) => {
  const german = wordsOf(notification, DE);
  expect(german.title).not.toBe(englishWords(notification).title);
  expect(german.message).not.toBe(englishWords(notification).message);
  expect(german.message).toMatch(/\b(der|die|das|nicht|von)\b/);
});

test("times and reasons are German as well", () => {
  const { message } = wordsOf(
    unreachableNotification({ at: AT, code: "11236", url: "https://x.example" }),
    DE,
  );
  expect(message).toContain("24.11.2026, 12:00:00 UTC");
  expect(message).toContain("Das Zertifikat unter einer Adresse ist abgelaufen.");
});

describe("a delivery whose outcome nobody knows", () => {
  test("is not called failed", () => {
    const { title, message } = englishWords(failure("unknown_outcome"));
    expect(title).toMatch(/^Twilio: it is not known whether a message of .* was sent$/);
    expect(`${title}${message}`).not.toMatch(/failed|could not be reached/);
  });

  test("is not called failed in German", () => {
    const { title, message } = wordsOf(failure("unknown_outcome"), DE);
    expect(`${title}${message}`).not.toMatch(/fehlgeschlagen|nicht erreichbar/);
  });
});
