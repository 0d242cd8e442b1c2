import { describe, expect, test } from "vitest";

import { errorOf } from "../../src/domain/reported-error.ts";
import { EXPLAINED_ERRORS } from "../../src/domain/twilio-errors/index-by-code.ts";

/** Matches a sentence: its first word is an option or has a capital letter, and it ends with a full stop. */
const SENTENCE = /^(?:[A-Z][^]*|[a-z_]+ [^]*)[.}]$/;

describe("the table of explained error codes", () => {
  test("has each code only once, and more than forty codes", () => {
    const codes = EXPLAINED_ERRORS.map(([code]) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.length).toBeGreaterThanOrEqual(40);
  });

  test.each(EXPLAINED_ERRORS.map(([code, ...sentences]) => ({ code, sentences })))(
    "says of $code what the error means and what the user can do",
    ({ sentences }) => {
      for (const sentence of sentences) {
        expect(sentence).toMatch(SENTENCE);
        expect(sentence).not.toMatch(/add-on| {2}|\.\./);
      }
    },
  );

  test.each([
    20003, 20404, 20429, 21201, 21205, 21210, 21211, 21212, 21213, 21214, 21215, 21216, 21217, 21219, 21220,
    21408, 21602, 21603, 21604, 21606, 21608, 21610, 21611, 21612, 21614, 21617, 21620, 21623, 21656, 21701,
    21702, 21703, 30001, 30002, 30003, 30004, 30005, 30006, 30007, 30008, 30009, 30022, 30023, 30032, 30034,
    30036, 30410, 30450, 30454, 63003, 63007, 63016, 63018, 63024, 63038, 11200, 11205, 11215, 11750, 12100,
    12300, 13227, 13520,
  ])("contains %i, which users often meet", (code) => {
    expect(EXPLAINED_ERRORS.map(([known]) => known)).toContain(code);
  });
});

describe("an error of Twilio as the app reports it", () => {
  test("contains the meaning, what to do and then Twilio's message", () => {
    expect(errorOf("21214", "The phone number you are attempting to call cannot be reached.")).toEqual({
      code: "21214",
      message:
        "The number cannot be called. Check its digits, or call another number. (Twilio 21214: The phone number you are attempting to call cannot be reached.)",
      more_info: "https://www.twilio.com/docs/errors/21214",
    });
  });

  test("contains the meaning also if Twilio reports only the code", () => {
    const expected = "The number is not known, and may not exist any more. Check its digits. (Twilio 30005)";
    expect(errorOf("30005").message).toBe(expected);
    expect(errorOf("30005", " ").message).toBe(expected);
  });

  test("contains Twilio's message and link if the code is not in the table", () => {
    expect(errorOf("45678", "Something new")).toEqual({
      code: "45678",
      message: "Something new",
      more_info: "https://www.twilio.com/docs/errors/45678",
    });
    expect(errorOf("45678", null).message).toBe("Twilio reports error 45678");
  });

  test.each(["constructor", "../x?y", ""])(
    "with the strange code %j contains a link in which the code is escaped",
    (code) => {
      const { more_info: link } = errorOf(code, "x");
      expect(link).toBe(`https://www.twilio.com/docs/errors/${encodeURIComponent(code)}`);
    },
  );
});
