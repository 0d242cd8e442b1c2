import { expect, test } from "vitest";

import { parseNotifyCall } from "../../src/domain/notify-call.ts";

test.each([
  ["hi", "hi"],
  [15, "15"],
  [1.5, "1.5"],
  [true, "True"],
  [false, "False"],
  [null, ""],
  [undefined, ""],
])("a message that a template made %j is the text that Core makes of it", (message, text) => {
  expect(parseNotifyCall("sms", { message }).message).toBe(text);
});

test.each([
  ["+15551234567", ["+15551234567"]],
  [15551234567, [15551234567]],
  [
    ["Alice", 22395],
    ["Alice", 22395],
  ],
  [
    [["Alice", "Bob"], "Carol"],
    ["Alice", "Bob", "Carol"],
  ],
  [null, []],
  [undefined, []],
])("target %j is a list whose numbers stay what they were", (target, targets) => {
  expect(parseNotifyCall("sms", { message: "hi", target }).target).toEqual(targets);
});

test.each([
  [{ media_url: "https://a.example/1.png" }, ["https://a.example/1.png"]],
  [
    { media_url: ["https://a.example/1.png", "https://a.example/2.png"] },
    ["https://a.example/1.png", "https://a.example/2.png"],
  ],
  [{ other: 1 }, []],
  [null, []],
  ["text", []],
])("data %j names its media", (data, mediaUrls) => {
  expect(parseNotifyCall("sms", { message: "hi", data }).mediaUrls).toEqual(mediaUrls);
});
