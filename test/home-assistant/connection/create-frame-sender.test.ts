import { expect, test } from "vitest";

import { createFrameSender } from "../../../src/home-assistant/connection/create-frame-sender.ts";

/** The longest frame that Core accepts, in bytes. A longer one ends the connection. Source: aiohttp's default */
const CORE_ACCEPTS = 4 * 1024 * 1024;

async function framesOf(messages: readonly string[]): Promise<readonly string[]> {
  const frames: string[] = [];
  const send = createFrameSender((frame) => void frames.push(frame));
  for (const message of messages) send(message);
  await Promise.resolve();
  return frames;
}

test.each([
  ["texts of ASCII", "x".repeat(60_000)],
  ["texts of Hebrew and emoji, which take more bytes than characters", "\u05E9🎄".repeat(20_000)],
  ["results with many recipients", "x".repeat(1_000_000)],
])(
  "200 waiting events with %s reach Home Assistant in order, in frames that Core accepts",
  async (_what, text) => {
    const messages = Array.from({ length: 200 }, (_, id) => JSON.stringify({ id, text }));
    const frames = await framesOf(messages);
    expect(frames.flatMap((frame) => JSON.parse(frame) as unknown)).toEqual(
      messages.map((message) => JSON.parse(message) as unknown),
    );
    for (const frame of frames) expect(Buffer.byteLength(frame)).toBeLessThan(CORE_ACCEPTS);
  },
);

test.each([
  ["\uD83D", "\uFFFD"],
  ["a\uDC00b🎄", "a\uFFFDb🎄"],
  ["the text \\ud83d, and \\\uD83D", "the text \\ud83d, and \\\uFFFD"],
  ["\u05E9\u202E", "\u05E9\u202E"],
])(
  "half an emoji in an event becomes a replacement character, because Core would end the connection: %j",
  async (text, sent) => {
    const [frame = ""] = await framesOf([JSON.stringify({ text, [text]: 1 })]);
    expect(JSON.parse(frame)).toEqual({ text: sent, [sent]: 1 });
  },
);

test("short events that wait together share frames of at most 64 events", async () => {
  const frames = await framesOf(Array.from({ length: 130 }, (_, id) => JSON.stringify({ id })));
  expect(frames.map((frame) => [JSON.parse(frame) as unknown].flat().length)).toEqual([64, 64, 2]);
});
