import { describe, expect, test } from "vitest";

import { parseJson } from "../../../../src/twilio/webhooks/verify/parse-json.ts";

describe("the JSON body of a webhook", () => {
  test("is converted to texts, and numbers keep their spelling", () => {
    const text = `{"text": "a", "long": 8944500102198765432, "decimal": 21.0, "power": 1e3, "yes": true, "no": false,
      "nothing": null, "empty": "", "umlaut": "\\u00fc", "__proto__": "x"}`;
    const parsed = parseJson(text);
    expect(parsed).toMatchObject({ ok: true });
    const { parameters = {} } = parsed as { parameters?: object };
    expect(Object.entries(parameters)).toEqual([
      ["text", "a"],
      ["long", "8944500102198765432"],
      ["decimal", "21.0"],
      ["power", "1e3"],
      ["yes", "true"],
      ["no", "false"],
      ["nothing", ""],
      ["empty", ""],
      ["umlaut", "ü"],
      ["__proto__", "x"],
    ]);
  });

  test.each(['{"a": {}}', '{"a": []}', '{"": {"a": "b"}}', '{"a": "b", "c": {"d": null}}'])(
    "is refused with a hint if it is not flat: %s",
    (text) => {
      expect(parseJson(text)).toMatchObject({ ok: false, reason: expect.stringContaining("flat object") });
    },
  );

  test.each(["[]", '[{"a": "b"}]', "null", "1", '"a"', "true"])(
    "is refused if it is not an object: %s",
    (text) => {
      expect(parseJson(text)).toMatchObject({ ok: false, reason: expect.stringContaining("not an object") });
    },
  );

  test.each(["", "{", "{'a': 1}", "a=1", "[".repeat(200_000)])(
    "is refused if it is not valid: %.10s",
    (text) => {
      expect(parseJson(text)).toMatchObject({ ok: false, reason: expect.stringContaining("not valid JSON") });
    },
  );
});
