import { describe, expect, test } from "vitest";

import { englishWords, wordsOf } from "../../src/domain/notification.ts";
import { accountWarningsNotification } from "../../src/health/account-warnings.ts";
import type { AccountWarning } from "../../src/health/account-warnings.ts";
import { failureNotification, unreadableRequestNotification } from "../../src/health/notification.ts";
import { cannotStartNotification, optionsNotification } from "../../src/health/option-problems.ts";
import {
  credentialsRefusedNotification,
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

const PATH = "/config/app/a1b2c3d4_twilio/config";
const WARNINGS: readonly AccountWarning[] = [
  { kind: "trial" },
  { kind: "unregistered", number: "+12125550123", hasBrand: true },
  { kind: "unregistered", number: "+12125550123", hasBrand: false },
  { kind: "toll_free", number: "+18005550123", status: null },
  { kind: "toll_free", number: "+18005550123", status: "TWILIO_REJECTED" },
  { kind: "toll_free", number: "+18005550123", status: "PENDING_REVIEW" },
  { kind: "not_enabled", country: "AT" },
];

test.each([
  credentialsRefusedNotification(PATH),
  signaturesNotification("auth_token", null, null),
  signaturesNotification("auth_token", "https://home.example", PATH),
  unreachableNotification({ at: AT, code: "11200", url: "https://home.example/webhook" }, PATH),
  optionsNotification(["language: enter a language."], PATH),
  cannotStartNotification(["account_sid is missing."], null),
  ...WARNINGS.map((warning) => accountWarningsNotification([warning])),
  relayBusyNotification(5_000),
  unreadableRequestNotification(new Date(AT)),
  failure("21610"),
])("the notification $id has other words in German than in English", (notification) => {
  const german = wordsOf(notification, DE);
  expect(german.title).not.toBe(englishWords(notification).title);
  expect(german.message).not.toBe(englishWords(notification).message);
  expect(german.message).toMatch(/\b(der|die|das|nicht|von)\b/);
});

test("the German notifications also have their times and reasons in German", () => {
  const { message } = wordsOf(
    unreachableNotification({ at: AT, code: "11236", url: "https://x.example" }, null),
    DE,
  );
  expect(message).toContain("24.11.2026, 12:00:00 UTC");
  expect(message).toContain("Das Zertifikat unter einer Adresse ist abgelaufen.");
});

test.each([
  credentialsRefusedNotification(PATH),
  signaturesNotification("auth_token", null, PATH),
  unreachableNotification({ at: AT, code: "11236", url: "https://x.example" }, PATH),
])("the German notification $id has a link to the app's configuration", (notification) => {
  expect(englishWords(notification).message).toContain(`in [the app's configuration](${PATH})`);
  expect(wordsOf(notification, DE).message).toContain(`in der [Konfiguration der App](${PATH})`);
});

test("the German notification about faulty options describes each fault in German", () => {
  const { message } = wordsOf(
    optionsNotification(["language: enter a language such as de or en-GB."], PATH),
    DE,
  );
  expect(message).toContain("- language: erwartet: eine Sprache, z. B. de oder en-GB.");
});

test("the German notifications name countries in German", () => {
  const { message } = wordsOf(accountWarningsNotification([{ kind: "not_enabled", country: "AT" }]), DE);
  expect(message).toContain("Österreich");
});

describe("the notification about a delivery with an unknown outcome", () => {
  test("does not say that the delivery failed", () => {
    const { title, message } = englishWords(failure("unknown_outcome"));
    expect(title).toMatch(/^Twilio: it is not known whether a message of .* was sent$/);
    expect(`${title}${message}`).not.toMatch(/failed|could not be reached/);
  });

  test("does not say in German that the delivery failed", () => {
    const { title, message } = wordsOf(failure("unknown_outcome"), DE);
    expect(`${title}${message}`).not.toMatch(/fehlgeschlagen|nicht erreichbar/);
  });
});
