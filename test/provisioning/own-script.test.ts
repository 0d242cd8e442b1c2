import { createHash } from "node:crypto";

import { expect, test } from "vitest";

import { markScript, scriptStateOf } from "../../src/provisioning/own-script.ts";

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
const DEFINITION = { alias: "A", description: "Sends.", max: 10, sequence: [{ event: "x" }] };
const OWN = markScript("send", 2, DEFINITION, hash);

const stateOf = (stored: Readonly<Record<string, unknown>>) => scriptStateOf(stored, OWN, hash);

test("the description of each script that the app installs ends with a sentence that identifies the script", () => {
  expect(OWN.definition).toEqual({
    ...DEFINITION,
    description: expect.stringMatching(
      /^Sends\. \(Installed by the Twilio app, version 2 · [0-9a-f]{8}\. If you edit this script, the app no longer updates it\.\)$/,
    ),
  });
});

test("a stored script counts as current even if Home Assistant returns its keys in another order", () => {
  const reversed = Object.fromEntries(Object.entries(OWN.definition).toReversed());
  expect(stateOf(reversed)).toEqual({ kind: "current" });
});

test.each([
  ["an action", { sequence: [{ event: "y" }] }],
  ["the name", { alias: "B" }],
  [
    "the description before the identifying sentence",
    { description: `My ${String(OWN.definition["description"])}` },
  ],
  ["an added key", { icon: "mdi:phone" }],
])("the app notices if the user has edited %s of its script", (_what, edit) => {
  expect(stateOf({ ...OWN.definition, ...edit })).toEqual({ kind: "edited", version: 2 });
});

test.each([
  ["no description", {}],
  ["another description", { description: "Mine" }],
  ["a description that is not a text", { description: 7 }],
  ["text after the identifying sentence", { description: `${String(OWN.definition["description"])} Mine.` }],
])("a script with %s does not count as the app's", (_what, given) => {
  expect(stateOf({ alias: "A", sequence: [], ...given })).toEqual({ kind: "foreign" });
});

test("an unedited script of an earlier version counts as outdated, and one of a later version as newer", () => {
  expect(stateOf(markScript("send", 1, { ...DEFINITION, max: 5 }, hash).definition).kind).toBe("outdated");
  expect(stateOf(markScript("send", 3, DEFINITION, hash).definition).kind).toBe("newer");
});

test("an unedited script of the same version with another content counts as outdated", () => {
  expect(stateOf(markScript("send", 2, { ...DEFINITION, max: 5 }, hash).definition).kind).toBe("outdated");
});

test("the app's script in another language counts as outdated, and an edited one as edited", () => {
  const german = markScript("send", 2, DEFINITION, hash, (text) =>
    text.startsWith("Installed")
      ? "Von der Twilio-App installiert, Version {version} · {hash}. Bearbeite es nicht."
      : text.replace("Sends.", "Sendet."),
  );
  expect(german.definition["description"]).toMatch(
    /^Sendet\. \(Von der Twilio-App installiert, Version 2 · [0-9a-f]{8}\. Bearbeite es nicht\.\)$/,
  );
  expect(stateOf(german.definition)).toEqual({ kind: "outdated" });
  expect(stateOf({ ...german.definition, alias: "B" })).toEqual({ kind: "edited", version: 2 });
  expect(scriptStateOf(OWN.definition, german, hash)).toEqual({ kind: "outdated" });
});
