import { describe, expect, test } from "vitest";

import { parseMediaSource } from "../../../src/media/source.ts";
import { parseRequest } from "../../../src/outbound/commands/parse-request.ts";
import { parseNotifyCall } from "../../../src/outbound/notify/notify-call.ts";
import { notifyRefusal } from "../../../src/outbound/notify/notify-refusal.ts";

const SAYS = "must not contain line breaks or other control characters";

/** Characters that are refused. JavaScript's `URL` silently removes the first three. */
const CHARACTERS: readonly (readonly [string, string])[] = [
  ["a line feed", "\n"],
  ["a carriage return", "\r"],
  ["a tab", "\t"],
  ["both line breaks and a header", "\r\nX-Other: 1\r\n"],
  ["a null", "\u0000"],
  ["an escape", "\u001B"],
  ["a delete", "\u007F"],
  ["a next line", "\u0085"],
  ["a line separator", "\u2028"],
  ["a paragraph separator", "\u2029"],
];

const FIELDS: readonly (readonly [string, string, (url: unknown) => object])[] = [
  ["make_call", "twiml_url", (url) => ({ to: "+15551234567", twiml_url: url })],
  ["make_call", "play", (url) => ({ to: "+15551234567", play: url })],
  ["talk", "play", (url) => ({ call: "CA1", play: url })],
  ["send_message", "media", (url) => ({ to: "+15551234567", media: url })],
  ["send_message", "media.1", (url) => ({ to: "+15551234567", media: ["https://a.example/1", url] })],
];

const addressesWith = (character: string): string[] => [
  `https://a.example/x${character}y`,
  `https://a.ex${character}ample/`,
  `https:${character}//a.example/`,
];

function faultOf(command: string, payload: object): string {
  const parsed = parseRequest({ command, payload });
  return parsed.ok ? "no fault" : parsed.message;
}

describe.each(CHARACTERS)("a URL that contains %s", (_name, character) => {
  test.each(FIELDS)(
    "is refused by the action %s, and the error names the field %s",
    (command, field, payload) => {
      for (const url of addressesWith(character))
        expect(faultOf(command, payload(url))).toContain(`${field}: ${SAYS}`);
    },
  );

  test("is refused as an entry of `media`", () => {
    for (const url of [...addressesWith(character), `media-source://a/b${character}c`])
      expect(parseMediaSource(url)).toBeNull();
  });

  test("is refused as the message of a notifier for calls, and as media of a notifier for SMS", () => {
    const message = `https://a.example/x${character}y`;
    const call = parseNotifyCall("call", { message });
    expect(notifyRefusal({ type: "call" }, call, ["+15551234567"])).toMatchObject({
      code: "invalid",
      message: expect.stringMatching(/^`message` .* must not contain line breaks/) as string,
    });
    const text = parseNotifyCall("sms", {
      message: "hi",
      data: { media_url: ["https://a.example/", message] },
    });
    expect(notifyRefusal({ type: "sms" }, text, ["+15551234567"])).toEqual({
      code: "invalid",
      message: `\`media_url\` ${SAYS}.`,
    });
  });
});

test("a text field of an action keeps its line breaks", () => {
  for (const type of ["sms", "call"] as const) {
    const call = parseNotifyCall(type, { message: "one\ntwo https://a.example/\nthree" });
    expect(notifyRefusal({ type }, call, ["+15551234567"])).toBeNull();
  }
  expect(faultOf("make_call", { to: "+15551234567", say: "one\ntwo" })).toBe("no fault");
});

test("a URL is accepted with blanks and line breaks before and after it", () => {
  for (const [command, , payload] of FIELDS)
    expect(faultOf(command, payload(" https://a.example/x \n"))).toBe("no fault");
});
