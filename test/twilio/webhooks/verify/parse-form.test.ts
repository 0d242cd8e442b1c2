import { expect, test } from "vitest";

import { firstValues, parseForm } from "../../../../src/twilio/webhooks/verify/parse-form.ts";

test("keeps every value of a repeated name, in order", () => {
  expect(parseForm("a=1&b=2&a=3&a=1")).toEqual({ a: ["1", "3", "1"], b: "2" });
});

test("hands on the first of repeated values, as Core's integration does", () => {
  expect(firstValues(parseForm("a=1&b=2&a=3"))).toEqual({ a: "1", b: "2" });
});

test("trims and drops nothing", () => {
  expect(parseForm("Body=+hi%20&Empty=&=noname")).toEqual({ Body: " hi ", Empty: "", "": "noname" });
});

test("keeps __proto__ as an ordinary name", () => {
  const fields = firstValues(parseForm("__proto__=x&constructor=y"));
  expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
  expect(Object.keys(fields)).toEqual(["__proto__", "constructor"]);
  expect(JSON.stringify(fields)).toBe('{"__proto__":"x","constructor":"y"}');
});

test("survives malformed percent-encoding and NUL", () => {
  expect(parseForm("a=%zz&b=%00")).toEqual({ a: "%zz", b: "\0" });
});
