import { createHash } from "node:crypto";

import { expect, test } from "vitest";

import { markScript, scriptStateOf } from "../../src/provisioning/own-script.ts";

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
const DEFINITION = { alias: "A", description: "Sends.", max: 10, sequence: [{ event: "x" }] };
const OWN = markScript("send", 2, DEFINITION, hash);

const standing = (stored: Readonly<Record<string, unknown>>) => scriptStateOf(stored, OWN, hash);

test("the mark stands at the end of the description, as text", () => {
  expect(OWN.definition).toEqual({
    ...DEFINITION,
    description: expect.stringMatching(
      /^Sends\. \(Installed by the Twilio app, version 2 · [0-9a-f]{8}\. If you edit this script, the app no longer updates it\.\)$/,
    ),
  });
});

test("what was stored is current, in whatever order it comes back", () => {
  const reversed = Object.fromEntries(Object.entries(OWN.definition).toReversed());
  expect(standing(reversed)).toEqual({ kind: "current" });
});

test.each([
  ["an action", { sequence: [{ event: "y" }] }],
  ["the name", { alias: "B" }],
  ["the description before the mark", { description: `My ${String(OWN.definition["description"])}` }],
  ["a part added", { icon: "mdi:phone" }],
])("an edit of %s is seen", (_what, edit) => {
  expect(standing({ ...OWN.definition, ...edit })).toEqual({ kind: "edited", version: 2 });
});

test.each([
  ["no description", {}],
  ["another description", { description: "Mine" }],
  ["one that is no text", { description: 7 }],
  ["the mark and more", { description: `${String(OWN.definition["description"])} Mine.` }],
])("a script with %s is foreign", (_what, given) => {
  expect(standing({ alias: "A", sequence: [], ...given })).toEqual({ kind: "foreign" });
});

test("an unedited earlier one is outdated, a later one is newer", () => {
  expect(standing(markScript("send", 1, { ...DEFINITION, max: 5 }, hash).definition).kind).toBe("outdated");
  expect(standing(markScript("send", 3, DEFINITION, hash).definition).kind).toBe("newer");
});

test("another one of the same version is outdated: nobody's work is lost, and it should not have been released", () => {
  expect(standing(markScript("send", 2, { ...DEFINITION, max: 5 }, hash).definition).kind).toBe("outdated");
});
