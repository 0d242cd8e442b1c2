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

describe("numbers of JSON", () => {
  test.each(ALTERED)("%s stays unchanged", (source) => {
    const parsed = parseExactJson(source);
    expect(parsed).toEqual(new ExactNumber(source));
    expect(pythonText(parsed as ExactNumber)).toBe(source);
    expect(JSON.stringify({ deep: [parsed] })).toBe(`{"deep":[${source}]}`);
  });

  test.each(UNCHANGED)("%s is an ordinary number", (source) => {
    expect(parseExactJson(source)).toBe(Number(source));
  });

  test("keep their exact spelling at any depth, and everything else stays the same", () => {
    const text = '{"a":[{"b":21.0,"c":"21.0"},true,null],"__proto__":1.0}';
    expect(JSON.stringify(parseExactJson(text))).toBe(text);
  });

  test("invalid JSON throws, as JSON.parse does", () => {
    expect(() => parseExactJson('{"a":')).toThrow(SyntaxError);
  });
});

describe("canonical JSON", () => {
  test("equals that of JSON.stringify except for the order", () => {
    const value = { b: [1, "x", null, { d: true, c: 2 }], a: { z: 1, y: 2.5 } };
    expect(canonicalJson(value)).toBe('{"a":{"y":2.5,"z":1},"b":[1,"x",null,{"c":2,"d":true}]}');
  });

  test("distinguishes long numbers by their last digit", () => {
    const [one, other] = ["8944500102198765432", "8944500102198765433"].map((digits) =>
      canonicalJson(parseExactJson(`{"message":${digits}}`)),
    );
    expect(one).toBe('{"message":8944500102198765432}');
    expect(one).not.toBe(other);
  });
});
