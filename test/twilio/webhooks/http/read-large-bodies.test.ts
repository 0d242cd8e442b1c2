import { Readable } from "node:stream";

import { expect, test } from "vitest";

import { SYSTEM_CLOCK } from "../../../../src/app/system/clock.ts";
import type { IncomingRequest } from "../../../../src/domain/transport.ts";
import { createBodyReader } from "../../../../src/twilio/webhooks/http/read-large-bodies.ts";

const LIMIT = 64 * 1_024;
const LARGE = 20 * 1_024;

/** A request whose body arrives when a test calls `send`. Each chunk has its own memory, as with Node. */
class FakeRequest extends Readable implements IncomingRequest {
  readonly url = "/webhook";
  readonly httpVersion = "1.1";
  readonly headers = {};
  readonly socket = this;
  complete = false;
  readonly parts: Buffer[] = [];

  constructor() {
    // The connection stays open after a request.
    super({ autoDestroy: false });
  }

  override _read(): void {}

  /** Resolves when the chunk has been read. */
  async send(part: Buffer): Promise<void> {
    this.parts.push(part);
    const isRead = new Promise((resolve) => this.once("data", resolve));
    this.push(part);
    await isRead;
  }

  finish(): void {
    this.complete = true;
    this.push(null);
  }

  /** Whether the memory of each chunk was freed. */
  isFreed(): boolean {
    return this.parts.every(({ buffer }) => buffer instanceof ArrayBuffer && buffer.detached);
  }
}

const part = (length: number, letter = "x"): Buffer => Buffer.from(new ArrayBuffer(length)).fill(letter);

function startReading() {
  const read = createBodyReader(LIMIT, SYSTEM_CLOCK);
  return (incoming: FakeRequest): Promise<string | null> => {
    const body = read(incoming, true);
    // Some tests do not wait for a body that is dropped, so its rejection must not be unhandled.
    body.catch(() => undefined);
    return body;
  };
}

test.each([100, LARGE])(
  "a body of %d bytes is read from its chunks, whose memory is then freed",
  async (length) => {
    const incoming = new FakeRequest();
    const body = startReading()(incoming);
    await incoming.send(part(length, "a"));
    await incoming.send(part(length, "b"));
    incoming.finish();
    expect(await body).toBe("a".repeat(length) + "b".repeat(length));
    expect(incoming.isFreed()).toBe(true);
  },
);

test("a letter in a body may be divided between two chunks", async () => {
  const incoming = new FakeRequest();
  const body = startReading()(incoming);
  const letter = Buffer.from("ä");
  await incoming.send(Buffer.from(letter.subarray(0, 1)));
  await incoming.send(Buffer.from(letter.subarray(1)));
  incoming.finish();
  expect(await body).toBe("ä");
});

test("if a chunk of a body shares its memory with other data, that memory is not changed", async () => {
  const shared = Buffer.from("a part, and what is not ours");
  const incoming = new FakeRequest();
  const body = startReading()(incoming);
  await incoming.send(shared.subarray(0, 6));
  incoming.finish();
  expect(await body).toBe("a part");
  expect(shared.toString()).toBe("a part, and what is not ours");
});

test("if more than 16 large bodies are being received, the oldest one is dropped, and its memory is freed", async () => {
  const read = startReading();
  const requests = Array.from({ length: 17 }, () => new FakeRequest());
  const bodies = requests.map(read);
  for (const incoming of requests) await incoming.send(part(LARGE));
  await expect(bodies[0]).rejects.toThrow("the connection ended in the middle of a request");
  expect(requests.map((incoming) => incoming.destroyed)).toEqual([true, ...Array(16).fill(false)]);
  expect(requests.map((incoming) => incoming.isFreed())).toEqual([true, ...Array(16).fill(false)]);
  for (const incoming of requests.slice(1)) incoming.finish();
  for (const body of bodies.slice(1)) expect(await body).toHaveLength(LARGE);
});

test("a body that is too long keeps no memory, however many chunks of it arrive", async () => {
  const incoming = new FakeRequest();
  const body = startReading()(incoming);
  for (let count = 0; count < 5; count += 1) await incoming.send(part(LARGE));
  expect(await body).toBeNull();
  expect(incoming.isFreed()).toBe(true);
});
