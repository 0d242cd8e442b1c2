import { describe, expect, test } from "vitest";

import { englishWords } from "../../src/domain/notification.ts";
import {
  cannotStartNotification,
  configurationPath,
  optionsNotification,
} from "../../src/health/option-problems.ts";

const PATH = "/config/app/a1b2c3d4_twilio/config";

test("the notification about faulty options names every fault and links to where they are corrected", () => {
  const notification = optionsNotification(["public_url: it is not a URL.", "language: enter one."], PATH);
  expect(notification.id).toBe("twilio_options");
  expect(englishWords(notification).message.split("\n")).toEqual([
    "- public_url: it is not a URL.",
    "- language: enter one.",
    "",
    `Correct them in [the app's configuration](${PATH}), then restart the app.`,
  ]);
});

test("a value cannot change the notification's format or add a link", () => {
  const notification = optionsNotification(["x: found [a](http://evil.example) <b>*`"], PATH);
  const { message } = englishWords(notification);
  expect(message).toContain("- x: found \\[a\\](http://evil.example) \\<b\\>\\*\\`");
});

test("without Supervisor, the notification names the options file", () => {
  expect(englishWords(cannotStartNotification(["account_sid is missing."], null)).message).toContain(
    "Correct this in the options file, then start the app.",
  );
});

describe("the address of the app's configuration comes from the container's host name", () => {
  test.each([
    ["a1b2c3d4-twilio", PATH],
    ["local-twilio", "/config/app/local_twilio/config"],
  ])("%s", (hostName, path) => {
    expect(configurationPath(hostName)).toBe(path);
  });

  test.each([undefined, "", "laptop", "../x", "A-B", "a-twilio/../.."])("but not from %s", (hostName) => {
    expect(configurationPath(hostName)).toBeNull();
  });
});
