import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

import { wrapLibraryError } from "../../src/home-assistant/connection/errors.ts";
import { OURS, startHouse, THEIRS } from "../app/start-house.ts";
import type { TestHouse } from "../app/start-house.ts";

/** A text that an automation may write into a wrong field. */
const TEXT = "Grandma is alone at home";
const WORDS = /grandma|alone/i;

let house: TestHouse;
beforeAll(async () => {
  house = await startHouse({
    default_sender: OURS,
    contacts: [{ name: "Anna", number: THEIRS }],
    notifiers: [
      { name: "sms", type: "sms", from_number: OURS },
      { name: "call", type: "call", from_number: OURS },
    ],
  });
});
afterAll(() => house[Symbol.asyncDispose]());

/** The log lines until the request has a result. */
async function linesUntilAnswered(ask: () => void): Promise<string> {
  const before = house.app.lines.length;
  const answered = house.fired("twilio_result").length;
  ask();
  await vi.waitFor(() => expect(house.fired("twilio_result").length).toBeGreaterThan(answered));
  return house.app.lines.slice(before).join("\n");
}

describe("a private text that an automation wrote into a wrong field is not logged:", () => {
  const CA = `CA${"1".repeat(32)}`;

  test.each<[string, string, object]>([
    ["to", "send_message", { to: TEXT, message: "hi" }],
    ["to, in a list", "send_message", { to: [TEXT, "Anna"], message: "hi" }],
    ["to, with a channel", "send_message", { to: `whatsapp:${TEXT}`, message: "hi" }],
    ["to, in a mapping", "send_message", { to: [{ text: TEXT }], message: "hi" }],
    ["to, as a long text", "send_message", { to: `${TEXT} `.repeat(10), message: "hi" }],
    ["sender", "send_message", { to: "Anna", message: "hi", sender: TEXT }],
    ["sender of a call", "make_call", { to: "Anna", say: "hi", sender: TEXT }],
    ["media", "send_message", { to: "Anna", media: TEXT }],
    ["media, as a URL", "send_message", { to: "Anna", media: `https://x.example/${TEXT}` }],
    ["a media source", "send_message", { to: "Anna", media: `media-source://tts/x?message=${TEXT}` }],
    ["channel", "send_message", { to: "Anna", message: "hi", channel: TEXT }],
    ["send_at", "send_message", { to: "Anna", message: "hi", send_at: TEXT }],
    ["content_sid", "send_message", { to: "Anna", content_sid: TEXT }],
    [
      "the name of a template's variable",
      "send_message",
      { to: "Anna", content_sid: `HX${"0".repeat(32)}`, content_variables: { [TEXT]: [] } },
    ],
    ["the name of a field", "send_message", { to: "Anna", message: "hi", [TEXT]: 1 }],
    ["the payload", "send_message", TEXT as unknown as object],
    ["command", TEXT, { to: "Anna", message: "hi" }],
    ["twiml_url", "make_call", { to: "Anna", twiml_url: TEXT }],
    ["play", "make_call", { to: "Anna", play: TEXT }],
    ["voice", "make_call", { to: "Anna", say: "hi", voice: TEXT }],
    ["wait_for", "make_call", { to: "Anna", say: "hi", wait_for: TEXT }],
    ["call", "talk", { call: TEXT, say: "hi" }],
    ["forward_to", "talk", { call: CA, forward_to: TEXT }],
  ])("%s", async (_field, command, payload) => {
    const said = await linesUntilAnswered(() =>
      house.request({ request_id: crypto.randomUUID(), command, payload, timeout: 1 }),
    );
    expect(said).not.toMatch(WORDS);
  });

  test("request_id", async () => {
    const ask = (message: string) =>
      house.request({ request_id: TEXT, command: "send_message", payload: { to: "Anna", message } });
    await linesUntilAnswered(() => ask("one"));
    const said = await linesUntilAnswered(() => ask("two"));
    expect(said).toContain("request_id was already used");
    expect(said).not.toMatch(WORDS);
  });

  test.each<[string, string, object]>([
    ["target", "sms", { message: "hi", target: TEXT }],
    ["one of the targets", "call", { message: "hi", target: ["Anna", TEXT] }],
    ["media_url", "sms", { message: "hi", target: "Anna", data: { media_url: TEXT } }],
    ["title", "sms", { message: "", target: "Anna", title: TEXT }],
  ])("a notifier's %s", async (_field, service, data) => {
    const call = { domain: "notify", service, service_data: data };
    const said = await linesUntilAnswered(() => house.home.emit("call_service", call));
    expect(said).not.toMatch(WORDS);
  });
});

test("the log names the position of a faulty recipient in the list and its fault", async () => {
  const payload = { to: ["Anna", TEXT], message: "hi" };
  const said = await linesUntilAnswered(() => house.request({ command: "send_message", payload }));
  expect(said).toContain("to (entry 2): it is neither a number nor the name of a contact");
});

test.each([21211, 99999])(
  "Twilio's error message %d, which quotes the user's text, is not logged",
  async (code) => {
    const message = `Invalid value: ${TEXT}`;
    house.twilio.failNext({ kind: "error", status: 400, code, message });
    const said = await linesUntilAnswered(() =>
      house.request({ command: "send_message", payload: { to: "Anna", message: "hi" } }),
    );
    expect(house.fired("twilio_result").at(-1)?.["error"]).toMatchObject({
      message: expect.stringContaining(TEXT),
    });
    expect(said).toContain(String(code));
    expect(said).not.toMatch(WORDS);
  },
);

test("a private text that Home Assistant repeats in an error is not logged", () => {
  const answer = {
    code: "invalid_format",
    message: `extra keys not allowed @ data['x']. Got '${TEXT}'`,
  };
  expect(String(wrapLibraryError(answer, true))).toContain("extra keys not allowed @ data['x']");
  expect(String(wrapLibraryError(answer, true))).not.toMatch(WORDS);
});
