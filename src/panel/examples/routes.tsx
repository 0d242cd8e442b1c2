import type { Hono } from "hono";
import { html } from "hono/html";

import type { HistoryEntry } from "../../domain/events/history.ts";
import type { RequestBindings } from "../../domain/transport.ts";
import type { ActivityPorts } from "../activity/ports.ts";
import type { PageContext } from "../shell/app-state.ts";

/** So far back something to choose is looked for, and so much of it is offered. */
const LOOKED_AT = 100;
const MOST_CHOICES = 8;

/** `examples?event=<number>`: the automation for something that happened, the last that came in where none is chosen. */
export function addExamplesRoutes(
  pages: Hono<{ Bindings: RequestBindings }>,
  { appState, activity, examples }: PageContext & ActivityPorts & ExamplesPorts,
): void {
  const { journal, contactOf } = activity;
  pages.get("/examples", async (c) => {
    // Loaded when first looked at: writing YAML takes memory.
    const { ExamplesPage } = await import("./examples-page.tsx");
    const wanted = c.req.query("event") ?? "";
    const found = /^\d{1,15}$/.test(wanted) ? journal.entry(Number(wanted)) : null;
    const recent = oneOfEach(journal.history(null, LOOKED_AT));
    const chosen = found ?? recent.find(({ type }) => type === "twilio_data_received") ?? recent[0] ?? null;
    const isShown = chosen === null || recent.some(({ seq }) => seq === chosen.seq);
    const choices = isShown ? recent : [chosen, ...recent];
    const page = (
      <ExamplesPage
        examples={examples}
        recent={choices}
        chosen={chosen}
        contactOf={contactOf}
        appState={appState()}
      />
    );
    return c.html(html`<!doctype html>${page}`);
  });
}

/** The last of each kind and partner: ten messages of one person make one automation. */
function oneOfEach(happened: readonly HistoryEntry[]): readonly HistoryEntry[] {
  const kinds = new Map<string, HistoryEntry>();
  for (const event of happened) {
    const { From, from, to, contact, status, command, ok, CallSid, Digits, SpeechResult, CallStatus } =
      event.data;
    const what = [CallSid !== undefined, Digits !== undefined, SpeechResult !== undefined, CallStatus];
    const key = JSON.stringify([
      event.type,
      event.state === "missed",
      From ?? from,
      to,
      contact,
      status,
      command,
      ok,
      what,
    ]);
    if (!kinds.has(key)) kinds.set(key, event);
  }
  return [...kinds.values()].slice(0, MOST_CHOICES);
}

/** What the examples to take along are made of, beside the journal. */
export interface ExamplesPorts {
  readonly examples: {
    /** Names of the user's contacts. */
    readonly contacts: readonly string[];
    readonly notifiers: readonly { readonly name: string; readonly type: "sms" | "call" }[];
  };
}
