import { expect, test } from "vitest";

import { nameFromMessage, nameOfDrill } from "../../src/alarms/alarm-name.ts";

test("an alarm without a name is named after its message and its people", () => {
  expect(nameFromMessage("Water in the cellar.", [{ name: "Alice" }, { name: "Bob" }])).toBe(
    "Water in the cellar. (Alice, Bob)",
  );
});

test("a drill of the panel is named after its people, in the language of its texts", () => {
  expect(nameOfDrill(["Alice", "Bob"], "en-US")).toBe("Drill for Alice, Bob");
  expect(nameOfDrill(["Alice"], "de-DE")).toBe("Probealarm für Alice");
});

test("a name has at most 200 characters", () => {
  const people = Array.from({ length: 50 }, (_, index) => `Person ${index}`);
  expect(nameOfDrill(people, "en-US")).toHaveLength(200);
});
