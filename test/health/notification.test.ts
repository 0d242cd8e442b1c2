import { expect, test } from "vitest";

import { englishWords } from "../../src/domain/notification.ts";
import { failureNotification } from "../../src/health/notification.ts";
import { messageTo } from "../journal/conversation-rows.ts";
import { HOSTILE_LINKS } from "../panel/hostile-links.ts";

const ANNA = "+4915112345678";

function textWith(moreInfo: string): string {
  const error = { code: "21211", message: "It failed.", more_info: moreInfo };
  const none = { sid: null, status: null, segments: null, answered_by: null, duration: null };
  const notification = failureNotification(messageTo("req_1", ANNA, "Look", 1), [
    { to: ANNA, error, ...none },
  ]);
  return notification === null ? "" : englishWords(notification).message;
}

test.each(HOSTILE_LINKS)(
  "a notification about an error contains no link if the error's link is %j",
  (link) => {
    expect(textWith(link)).toBe(textWith("nothing"));
  },
);

test("in a notification, a link contains the whole URL and no text that follows it", () => {
  expect(textWith("https://provider.example/a_(b)/c")).toContain(
    "[What Twilio says](https://provider.example/a_%28b%29/c)",
  );
});
