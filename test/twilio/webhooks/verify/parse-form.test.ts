import { expect, test } from "vitest";

import { firstValues, parseForm } from "../../../../src/twilio/webhooks/verify/parse-form.ts";

test("if a form has a name several times, the parser returns all values in order", () => {
  expect(parseForm("a=1&b=2&a=3&a=1")).toEqual({ a: ["1", "3", "1"], b: "2" });
});

test("a field of an event has the first of repeated values, as in Core's integration", () => {
  expect(firstValues(parseForm("a=1&b=2&a=3"))).toEqual({ a: "1", b: "2" });
});

test("the parser of forms keeps spaces and empty values", () => {
  expect(parseForm("Body=+hi%20&Empty=&=noname")).toEqual({ Body: " hi ", Empty: "", "": "noname" });
});

test("in a form, __proto__ is an ordinary name", () => {
  const fields = firstValues(parseForm("__proto__=x&constructor=y"));
  expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
  expect(Object.keys(fields)).toEqual(["__proto__", "constructor"]);
  expect(JSON.stringify(fields)).toBe('{"__proto__":"x","constructor":"y"}');
});

const cpuMs = (work: () => void): number => {
  const times = Array.from({ length: 10 }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return Math.min(...times);
};

test.each([
  "a=%FF&b=%C3%28&%ED%A0%80=x&c=%F0%9F%98%80",
  "%=%&%4=%4&%zz%41=%2+%2B&a=b=c&?d",
  "a=\u00e4%C3%A4+\u{1f600}",
  "%EF%BB%BFa=%EF%BB%BF&&=&",
])("the form %s is parsed as by URLSearchParams", (text) => {
  expect(Object.entries(parseForm(text))).toEqual([...new URLSearchParams(text)]);
});

test("parsing a form with invalid UTF-8 takes no longer than one with valid UTF-8", () => {
  const form = (value: string): string => `${value}=${value.repeat(10)}&`.repeat(499);
  const valid = cpuMs(() => parseForm(form("%41%41")));
  expect(cpuMs(() => parseForm(form("%FF%FF")))).toBeLessThan(2 * valid + 2);
});

test("a form with malformed percent-encoding and NUL is parsed", () => {
  expect(parseForm("a=%zz&b=%00")).toEqual({ a: "%zz", b: "\0" });
});
