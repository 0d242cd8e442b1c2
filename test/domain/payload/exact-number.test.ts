import { describe, expect, test } from "vitest";

import { canonicalJson } from "../../../src/domain/payload/canonical-json.ts";
import { ExactNumber, parseExactJson } from "../../../src/domain/payload/exact-number.ts";
import { pythonText } from "../../../src/domain/payload/python-text.ts";

/** Numbers in Home Assistant's JSON that JavaScript would write in another form. */
const ALTERED = [
  "21.0",
  "0.0",
  "-0.0",
  "-0",
  "1e+16",
  "1e-05",
  "9007199254740993",
  "8944500102198765432",
  "-8944500102198765432",
  "9223372036854775808",
  "18446744073709551617",
  "340282366920938463463374607431768211456.0",
  `1${"0".repeat(400)}`,
];

const UNCHANGED = ["0", "15", "-3", "15551234567", "9007199254740991", "21.5", "0.1", "0.30000000000000004"];

describe("a number in JSON that the app receives", () => {
  test.each(ALTERED)("stays exactly as it is written: %s", (source) => {
    const parsed = parseExactJson(source);
    expect(parsed).toEqual(new ExactNumber(source));
    expect(pythonText(parsed as ExactNumber)).toBe(source);
    expect(JSON.stringify({ deep: [parsed] })).toBe(`{"deep":[${source}]}`);
  });

  test.each(UNCHANGED)("becomes an ordinary JavaScript number if it is exact: %s", (source) => {
    expect(parseExactJson(source)).toBe(Number(source));
  });

  test("keeps its exact spelling at any depth, and all other values stay the same", () => {
    const text = '{"a":[{"b":21.0,"c":"21.0"},true,null],"__proto__":1.0}';
    expect(JSON.stringify(parseExactJson(text))).toBe(text);
  });

  test("in invalid JSON causes the same error as in JSON.parse", () => {
    expect(() => parseExactJson('{"a":')).toThrow(SyntaxError);
  });
});

describe("canonical JSON, by which the app compares two requests,", () => {
  test("is the JSON of JSON.stringify with sorted keys", () => {
    const value = { b: [1, "x", null, { d: true, c: 2 }], a: { z: 1, y: 2.5 } };
    expect(canonicalJson(value)).toBe('{"a":{"y":2.5,"z":1},"b":[1,"x",null,{"c":2,"d":true}]}');
  });

  test("differs if two long numbers differ only in their last digit", () => {
    const [one, other] = ["8944500102198765432", "8944500102198765433"].map((digits) =>
      canonicalJson(parseExactJson(`{"message":${digits}}`)),
    );
    expect(one).toBe('{"message":8944500102198765432}');
    expect(one).not.toBe(other);
  });
});
