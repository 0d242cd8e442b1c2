import { expect, test } from "vitest";

import { parseExactJson } from "../../../src/domain/payload/exact-number.ts";
import { parseNotifyCall } from "../../../src/outbound/notify/notify-call.ts";

test.each([
  ["hi", "hi"],
  [15, "15"],
  [1.5, "1.5"],
  [true, "True"],
  [false, "False"],
  [null, ""],
  [undefined, ""],
])(
  "a notify message that a template turned into %j is sent as the same text as by Core's own integration",
  (message, text) => {
    expect(parseNotifyCall("sms", { message }).message).toBe(text);
  },
);

test.each(["8944500102198765432", "21.0", "-0.0", "1e+16", "18446744073709551617"])(
  "a notify message that a template turned into the number %s keeps its digits",
  (source) => {
    expect(parseNotifyCall("sms", { message: parseExactJson(source) }).message).toBe(source);
  },
);

test.each([
  [[21, 5], "21,5"],
  [["a", "b"], "['a', 'b']"],
  [{ a: 1 }, "{'a': 1}"],
])(
  "a notify message that a template turned into the list or mapping %j is sent as the template's own text",
  (message, rendered) => {
    expect(parseNotifyCall("sms", { message }, rendered).message).toBe(rendered);
  },
);

test.each([[["a"]], [{}]])(
  "the notify message %j, which is no text and not from a template, is refused",
  (message) => {
    expect(parseNotifyCall("sms", { message }).message).toBeNull();
  },
);

test.each([[""], ["  "], [null], [["", null, " "]], [[]]])(
  "the notify target %j contains no recipient",
  (target) => {
    expect(parseNotifyCall("sms", { message: "hi", target }).target).toEqual([]);
  },
);

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
])(
  "the notify target %j becomes a list of recipients that are written as in the target",
  (target, targets) => {
    expect(parseNotifyCall("sms", { message: "hi", target }).target).toEqual(targets);
  },
);

test.each([
  [{ media_url: "https://a.example/1.png" }, ["https://a.example/1.png"]],
  [
    { media_url: ["https://a.example/1.png", "https://a.example/2.png"] },
    ["https://a.example/1.png", "https://a.example/2.png"],
  ],
  [{ media_url: "" }, []],
  [{ other: 1 }, []],
  [null, []],
  ["text", []],
])("the media of a notify action are read from its data %j", (data, mediaUrls) => {
  expect(parseNotifyCall("sms", { message: "hi", data }).mediaUrls).toEqual(mediaUrls);
});
