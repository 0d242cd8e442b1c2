import { readFileSync } from "node:fs";

import { Hono } from "hono";
import { streamSSE } from "hono/streaming";

/** Something the telephone shows. `outgoing` is what its owner wrote. */
export type PhoneEvent =
  | { readonly kind: "message"; readonly outgoing: boolean; readonly number: string; readonly text: string }
  | { readonly kind: "call"; readonly number: string; readonly text: string };

export interface PhonePageOptions {
  /** The house's number, which the telephone writes to and calls. */
  readonly number: string;
  readonly receiveMessage: (message: { from: string; to: string; body: string }) => Promise<unknown>;
  readonly placeCall: (call: { from: string; to: string }) => Promise<unknown>;
}

const PAGE = readFileSync(new URL("phone.html", import.meta.url), "utf8");

/** A page with a telephone: write to the house or call it, and see what comes back, as it happens. */
export function createPhonePage({ number, receiveMessage, placeCall }: PhonePageOptions) {
  const events: PhoneEvent[] = [];
  const watching = new Set<(event: PhoneEvent) => void>();
  const closed = new AbortController();
  const app = new Hono();

  app.get("/", (c) => c.html(PAGE));
  app.get("/number", (c) => c.json({ number }));
  app.get("/events", (c) =>
    streamSSE(c, async (stream) => {
      const send = (event: PhoneEvent): void => void stream.writeSSE({ data: JSON.stringify(event) });
      for (const event of events) send(event);
      watching.add(send);
      await new Promise<void>((resolve) => {
        stream.onAbort(resolve);
        closed.signal.addEventListener("abort", () => resolve());
      });
      watching.delete(send);
    }),
  );
  app.post("/messages", async (c) => {
    const { from, body } = await c.req.json<{ from: string; body: string }>();
    return await attempt(() => receiveMessage({ from, to: number, body }));
  });
  app.post("/calls", async (c) => {
    const { from } = await c.req.json<{ from: string }>();
    return await attempt(() => placeCall({ from, to: number }));
  });

  return {
    app,
    show(event: PhoneEvent): void {
      events.push(event);
      for (const send of watching) send(event);
    },
    close: () => closed.abort(),
  };
}

async function attempt(action: () => Promise<unknown>): Promise<Response> {
  try {
    await action();
    return new Response(null, { status: 204 });
  } catch (error) {
    return new Response(error instanceof Error ? error.message : "failed", { status: 502 });
  }
}
