import { describe, expect, test } from "vitest";

import { errorText } from "../../src/domain/error-text.ts";
import { errorOf } from "../../src/domain/reported-error.ts";
import { EXPLAINED_ERRORS } from "../../src/domain/twilio-errors/index-by-code.ts";
import { ERRORS_DE } from "../../src/texts/de/errors.ts";
import { ERRORS_EN } from "../../src/texts/en/errors.ts";

test("on an English page, the message of an error is shown unchanged", () => {
  const error = errorOf("21610", "Attempt to send to unsubscribed recipient");
  expect(errorText(error, ERRORS_EN)).toBe(error.message);
});

describe("on a German page, the message of an error", () => {
  test("is the explanation in German, followed by Twilio's own message", () => {
    const error = errorOf("21610", "Attempt to send to unsubscribed recipient");
    expect(errorText(error, ERRORS_DE)).toBe(
      "Der Empfänger hat STOP an diesen Absender gesendet, deshalb sendet Twilio ihm von dort keine Nachrichten mehr. Nur der Empfänger kann das ändern, indem er START an die Nummer des Absenders sendet. (Twilio 21610: Attempt to send to unsubscribed recipient)",
    );
  });

  test.each(EXPLAINED_ERRORS.map(([code]) => String(code)))(
    "explains Twilio's error %s in German",
    (code) => {
      const text = errorText(errorOf(code), ERRORS_DE);
      expect(text).toMatch(new RegExp(`\\. \\(Twilio ${code}\\)$`));
      expect(text).not.toContain(errorOf(code).message.slice(0, 20));
    },
  );

  test("is Twilio's own message after the German explanation, if the error contains no English explanation", () => {
    const error = { code: "21610", message: "Twilio's words" };
    expect(errorText(error, ERRORS_DE)).toMatch(/^Der Empfänger hat.* \(Twilio 21610: Twilio's words\)$/);
  });

  test("explains the app's own error in German, with the detail if there is one", () => {
    expect(errorText({ code: "twilio_away", message: "x" }, ERRORS_DE)).toBe(
      "Twilio war nicht erreichbar, und es wurde nichts gesendet.",
    );
    expect(errorText({ code: "invalid", message: "`to` is missing." }, ERRORS_DE)).toBe(
      "Der Auftrag ist nicht gültig, und es wurde nichts gesendet: `to` is missing.",
    );
  });

  test.each(["99999", "constructor", "__proto__", ""])(
    "stays as it is for the unknown error '%s'",
    (code) => {
      expect(errorText({ code, message: "Twilio's words" }, ERRORS_DE)).toBe("Twilio's words");
    },
  );
});
