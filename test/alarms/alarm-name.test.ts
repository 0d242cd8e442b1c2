import { expect, test } from "vitest";

import { nameFromMessage, nameOfDrill } from "../../src/alarms/alarm-name.ts";

test("an alarm that was started without a name gets its name from its message and its people", () => {
  expect(nameFromMessage("Water in the cellar.", [{ name: "Alice" }, { name: "Bob" }])).toBe(
    "Water in the cellar. (Alice, Bob)",
  );
});

test("a test alarm that the user starts on the panel is named after its people, in the panel's language", () => {
  expect(nameOfDrill(["Alice", "Bob"], "en-US")).toBe("Drill for Alice, Bob");
  expect(nameOfDrill(["Alice"], "de-DE")).toBe("Probealarm für Alice");
});

test("the name of an alarm contains no half of an emoji, however long its message is", () => {
  for (let letters = 50; letters < 65; letters += 1) {
    const message = `${"a".repeat(letters)}${"🔥".repeat(10)}`;
    expect(nameFromMessage(message, [{ name: "Alice" }]).isWellFormed()).toBe(true);
    expect(
      nameOfDrill(["Alice", `${"b".repeat(letters + 115)}${"🔥".repeat(10)}`], "en").isWellFormed(),
    ).toBe(true);
  }
});

test("the name of an alarm is shortened to 200 characters", () => {
  const people = Array.from({ length: 50 }, (_, index) => `Person ${index}`);
  expect(nameOfDrill(people, "en-US")).toHaveLength(200);
});
