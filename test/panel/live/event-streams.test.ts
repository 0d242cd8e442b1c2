import { expect, test, vi } from "vitest";

import { SYSTEM_CLOCK } from "../../../src/app/system/clock.ts";
import { createEventStreams } from "../../../src/panel/live/event-streams.ts";

interface House {
  readonly open: (connection?: FakeConnection, isOutdated?: boolean) => ReadableStream<Uint8Array>;
  /** The listeners to changes. */
  readonly listeners: Set<() => void>;
  readonly stopping: AbortController;
}

interface FakeConnection {
  writableFinished: boolean;
  destroyed: boolean;
  destroy(): void;
}

function houseWith(maxStreams = 3): House {
  const listeners = new Set<() => void>();
  const stopping = new AbortController();
  const live = {
    onChange(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    revision: () => "",
    stopping: stopping.signal,
  };
  const open = createEventStreams({ live, clock: SYSTEM_CLOCK, maxStreams, everyMs: 1 });
  return { open: (socket, isOutdated = false) => open(socket, isOutdated), listeners, stopping };
}

function connection(): FakeConnection {
  return {
    writableFinished: false,
    destroyed: false,
    destroy() {
      this.destroyed = true;
    },
  };
}

const textOf = (stream: ReadableStream<Uint8Array>): Promise<string> => new Response(stream).text();

test("if one more event stream is opened than is allowed, the oldest is closed, and its browser reconnects later", async () => {
  const { open, listeners } = houseWith(3);
  const first = open();
  const others = [open(), open()];
  expect(listeners.size).toBe(3);
  others.push(open());
  expect(listeners.size).toBe(3);
  expect(await textOf(first)).toBe("retry: 2000\n\nretry: 30000\n\n");
  for (const listener of listeners) listener();
  for (const stream of others) {
    const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
    expect(await reader.read()).toMatchObject({ value: "retry: 2000\n\n" });
    expect(await reader.read()).toMatchObject({ value: "event: change\ndata: changed\n\n" });
  }
});

test("if a page has missed a change, its event stream begins with an event, and otherwise the stream waits for the next change", async () => {
  const { open, listeners } = houseWith();
  const outdated = open(undefined, true).pipeThrough(new TextDecoderStream()).getReader();
  expect(await outdated.read()).toMatchObject({ value: "retry: 2000\n\n" });
  expect(await outdated.read()).toMatchObject({ value: "event: change\ndata: changed\n\n" });
  const current = open().pipeThrough(new TextDecoderStream()).getReader();
  expect(await current.read()).toMatchObject({ value: "retry: 2000\n\n" });
  const next = current.read();
  const isSilent = new Promise((resolve) => setImmediate(resolve, "silent"));
  expect(await Promise.race([next, isSilent])).toBe("silent");
  for (const listener of listeners) listener();
  expect(await next).toMatchObject({ value: "event: change\ndata: changed\n\n" });
});

test("if a thousand event streams are opened, only the newest ones up to the limit stay open", async () => {
  const { open, listeners } = houseWith(64);
  const streams = Array.from({ length: 1_000 }, () => open());
  expect(listeners.size).toBe(64);
  const ended = await Promise.all(streams.slice(0, -64).map(textOf));
  expect(ended).toHaveLength(936);
  await Promise.all(streams.slice(-64).map((stream) => stream.cancel()));
  expect(listeners.size).toBe(0);
});

test("an event stream that its browser has closed does not count towards the limit", async () => {
  const { open, listeners } = houseWith(2);
  const stays = open();
  await open().cancel();
  open();
  expect(listeners.size).toBe(2);
  const reader = stays.getReader();
  await reader.read();
  for (const listener of listeners) listener();
  expect(await reader.read()).toMatchObject({ done: false });
});

test("the event stream of a browser that reads too slowly is closed before the app buffers many events for it", async () => {
  const { open, listeners } = houseWith();
  const socket = connection();
  const stream = open(socket);
  await vi.waitFor(
    () => {
      for (const listener of listeners) listener();
      expect(socket.destroyed).toBe(true);
    },
    { interval: 1 },
  );
  expect(listeners.size).toBe(0);
  expect((await textOf(stream)).length).toBeLessThan(1_000);
});

test("the connection of a closed event stream is closed even if its browser does not read", async () => {
  const { open } = houseWith(1);
  const unread = connection();
  open(unread);
  const sent = connection();
  open(sent);
  sent.writableFinished = true;
  open();
  await vi.waitFor(() => expect(unread.destroyed).toBe(true));
  expect(sent.destroyed).toBe(false);
});

test("when the app stops, all event streams end, even one that is opened meanwhile", async () => {
  const { open, listeners, stopping } = houseWith();
  const before = open();
  stopping.abort();
  expect(await textOf(before)).toBe("retry: 2000\n\n");
  expect(await textOf(open())).toBe("");
  expect(listeners.size).toBe(0);
});
