import { describe, expect, test } from "vitest";

import { englishWords } from "../../src/domain/notification.ts";
import {
  cannotStartNotification,
  configurationPath,
  optionsNotification,
} from "../../src/health/option-problems.ts";

const PATH = "/config/app/a1b2c3d4_twilio/config";

test("the notification about faulty options names every fault and has a link to the page on which the user corrects them", () => {
  const notification = optionsNotification(["public_url: it is not a URL.", "language: enter one."], PATH);
  expect(notification.id).toBe("twilio_options");
  expect(englishWords(notification).message.split("\n")).toEqual([
    "- public_url: it is not a URL.",
    "- language: enter one.",
    "",
    `Correct these options in [the app's configuration](${PATH}), then restart the app.`,
  ]);
});

test("the value of an option cannot change the notification's format or add a link", () => {
  const notification = optionsNotification(["x: found [a](http://evil.example) <b>*`"], PATH);
  const { message } = englishWords(notification);
  expect(message).toContain("- x: found \\[a\\](http://evil.example) \\<b\\>\\*\\`");
});

test("without Supervisor, the notification about faulty options names the options file", () => {
  expect(englishWords(cannotStartNotification(["account_sid is missing."], null)).message).toContain(
    "Correct this in the options file, then start the app.",
  );
});

describe("the link to the app's configuration page is made from the container's host name:", () => {
  test.each([
    ["a1b2c3d4-twilio", PATH],
    ["local-twilio", "/config/app/local_twilio/config"],
  ])("%s", (hostName, path) => {
    expect(configurationPath(hostName)).toBe(path);
  });

  test.each([undefined, "", "laptop", "../x", "A-B", "a-twilio/../.."])(
    "but there is no link if the host name is %s",
    (hostName) => {
      expect(configurationPath(hostName)).toBeNull();
    },
  );
});
