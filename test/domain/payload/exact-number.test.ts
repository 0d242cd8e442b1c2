import { describe, expect, test } from "vitest";

import { canonicalJson } from "../../../src/domain/payload/canonical-json.ts";
import { ExactNumber, parseExactJson } from "../../../src/domain/payload/exact-number.ts";
import { pythonText } from "../../../src/domain/payload/python-text.ts";

/** Numbers as Home Assistant's JSON has them, which JavaScript would write otherwise. */
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

const KEPT = ["0", "15", "-3", "15551234567", "9007199254740991", "21.5", "0.1", "0.30000000000000004"];

describe("numbers of JSON", () => {
  test.each(ALTERED)("%s is kept as it was written", (source) => {
    const parsed = parseExactJson(source);
    expect(parsed).toEqual(new ExactNumber(source));
    expect(pythonText(parsed as ExactNumber)).toBe(source);
    expect(JSON.stringify({ deep: [parsed] })).toBe(`{"deep":[${source}]}`);
  });

  test.each(KEPT)("%s is an ordinary number", (source) => {
    expect(parseExactJson(source)).toBe(Number(source));
  });

  test("are found however deep they lie, and nothing else is changed", () => {
    const text = '{"a":[{"b":21.0,"c":"21.0"},true,null],"__proto__":1.0}';
    expect(JSON.stringify(parseExactJson(text))).toBe(text);
  });

  test("what is no JSON throws, as JSON.parse does", () => {
    expect(() => parseExactJson('{"a":')).toThrow(SyntaxError);
  });
});

describe("JSON in which the order makes no difference", () => {
  test("is that of JSON.stringify but for the order", () => {
    const value = { b: [1, "x", null, { d: true, c: 2 }], a: { z: 1, y: 2.5 } };
    expect(canonicalJson(value)).toBe('{"a":{"y":2.5,"z":1},"b":[1,"x",null,{"c":2,"d":true}]}');
  });

  test("tells long numbers apart by their last digit", () => {
    const [one, other] = ["8944500102198765432", "8944500102198765433"].map((digits) =>
      canonicalJson(parseExactJson(`{"message":${digits}}`)),
    );
    expect(one).toBe('{"message":8944500102198765432}');
    expect(one).not.toBe(other);
  });
});
