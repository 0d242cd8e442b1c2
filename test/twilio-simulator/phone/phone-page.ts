import { readFileSync } from "node:fs";

import { Hono } from "hono";
import { streamSSE } from "hono/streaming";

import type { Sound } from "./caller-act.ts";
import { inWords } from "./simulated-call.ts";
import type { SimulatedCall } from "./simulated-call.ts";

/** An entry on the page. `outgoing`: written by the user of the page. */
export type PhoneEvent =
  | { readonly kind: "message"; readonly outgoing: boolean; readonly number: string; readonly text: string }
  | { readonly kind: "call"; readonly number: string; readonly text: string }
  /** A call that rings, is in progress or has ended. */
  | {
      readonly kind: "line";
      readonly sid: string;
      readonly number: string;
      readonly state: "ringing" | "talking" | "over";
    };

/** A person whose telephone the page can show. */
export interface Person {
  readonly name: string;
  readonly number: string;
}

export interface PhonePageOptions {
  /** The app's number, to which the page writes and calls. */
  readonly number: string;
  readonly people: readonly Person[];
  readonly receiveMessage: (message: { from: string; to: string; body: string }) => Promise<unknown>;
  /** Calls the app's number. Pauses of the call take real time. */
  readonly ring: (caller: { from: string; to: string; pauseScale: number }) => SimulatedCall;
  readonly answer: (callSid: string, told: { pauseScale: number }) => SimulatedCall;
  readonly call: (callSid: string) => SimulatedCall;
}

/** The length of a recording that is made on the page. */
const SPOKEN_SECONDS = 5;

const PAGE = readFileSync(new URL("phone.html", import.meta.url), "utf8");

/** Serves a page with a telephone, on which messages and calls with the app can be tried. */
export function createPhonePage({ number, people, receiveMessage, ring, answer, call }: PhonePageOptions) {
  const events: PhoneEvent[] = [];
  const watching = new Set<(event: PhoneEvent) => void>();
  const closed = new AbortController();
  const app = new Hono();

  app.get("/", (c) => c.html(PAGE));
  app.get("/number", (c) => c.json({ number }));
  app.get("/people", (c) => c.json(people));
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
    return await attempt(() => {
      const { sid } = ring({ from, to: number, pauseScale: 1 });
      show({ kind: "call", number: from, text: "calls the house" });
      show({ kind: "line", sid, number: from, state: "talking" });
    });
  });
  app.post("/calls/:sid/:act", async (c) => {
    const { sid, act } = c.req.param();
    const { text = "" } = await c.req.json<{ text?: string }>();
    return await attempt(() => take(sid, act, text));
  });

  function show(event: PhoneEvent): void {
    events.push(event);
    for (const send of watching) send(event);
  }

  async function take(sid: string, act: string, text: string): Promise<void> {
    switch (act) {
      case "answer":
        return show({
          kind: "line",
          sid,
          number: otherEnd(answer(sid, { pauseScale: 1 })),
          state: "talking",
        });
      case "keys":
        return await call(sid).press(text);
      case "words":
        return await (call(sid).waitingFor === "record"
          ? call(sid).record(SPOKEN_SECONDS)
          : call(sid).speak(text));
      case "quiet":
        return await call(sid).stayQuiet();
      case "hang-up":
        return await call(sid).hangUp();
      default:
        throw new Error("a telephone cannot do that");
    }
  }

  return {
    app,
    show,
    showSound(talked: SimulatedCall, sound: Sound): void {
      show({ kind: "call", number: otherEnd(talked), text: `hears ${inWords(sound)}` });
    },
    showRinging({ sid, to }: Pick<SimulatedCall, "sid" | "to">): void {
      show({ kind: "call", number: to, text: "is called by the house" });
      show({ kind: "line", sid, number: to, state: "ringing" });
    },
    showEnd(ended: SimulatedCall): void {
      const who = otherEnd(ended);
      show({ kind: "line", sid: ended.sid, number: who, state: "over" });
      show({ kind: "call", number: who, text: `is no longer on the line (${ended.state})` });
    },
    close: () => closed.abort(),
  };
}

/** The number of the other party of a call. */
function otherEnd({ direction, from, to }: SimulatedCall): string {
  return direction === "inbound" ? from : to;
}

async function attempt(action: () => unknown): Promise<Response> {
  try {
    await action();
    return new Response(null, { status: 204 });
  } catch (error) {
    return new Response(error instanceof Error ? error.message : "failed", { status: 502 });
  }
}
