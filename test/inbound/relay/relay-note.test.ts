import { randomBytes } from "node:crypto";

import { expect, test } from "vitest";

import { openRelayNote } from "../../../src/inbound/relay/relay-note.ts";
import { writeNote } from "../../relay/write-note.ts";

const KEY = randomBytes(32).toString("base64");
const CONTENT = { query: "", signature: "sig", params: { Body: "Hello", Repeated: ["a", "b"] } };

function written(content: unknown = CONTENT, key = KEY) {
  return writeNote({ key, content, at: 1_000, until: 9_000 });
}

test("the app decrypts a webhook that this installation's relay has encrypted", () => {
  const note = written();
  expect(openRelayNote(note, KEY)).toEqual({
    id: note.id,
    at: 1_000,
    until: 9_000,
    path: "/webhook",
    query: "",
    signature: "sig",
    parameters: CONTENT.params,
  });
});

const CHANGED: readonly [title: string, message: unknown][] = [
  ["another key", written(CONTENT, randomBytes(32).toString("base64"))],
  ["another time", { ...written(), at: 2_000 }],
  ["a longer time to answer", { ...written(), until: 99_000 }],
  ["another path", { ...written(), path: "/talk" }],
  ["another id", { ...written(), id: "36b8f84d-df4e-4d49-b662-bcde71a8764a" }],
  ["another version", { ...written(), v: 2 }],
  ["encrypted content that is too short", { ...written(), box: "AAAA" }],
  ["content with another structure", written({ query: 1 })],
  ["a text in place of its fields", "Hello"],
  ["null in place of its fields", null],
];
test.for(CHANGED)("the app refuses a webhook of the relay that has %s", ([, message]) => {
  expect(openRelayNote(message, KEY)).toBeNull();
});
