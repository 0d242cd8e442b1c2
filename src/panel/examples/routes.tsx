import type { Hono } from "hono";
import { html } from "hono/html";

import type { HistoryEntry } from "../../domain/events/history.ts";
import type { RequestBindings } from "../../domain/transport.ts";
import type { ActivityPorts } from "../activity/ports.ts";
import type { PageContext } from "../shell/app-state.ts";

/** How many of the newest history entries the app searches for events from which the user can choose. */
const LOOKED_AT = 100;
const MOST_CHOICES = 8;

/**
 * Adds `examples?event=<seq>`, a page with an automation for this event. Without a stored event of this number, the
 * page uses the newest webhook among the events from which the user can choose. If none of these is a webhook, it uses
 * the newest event.
 */
export function addExamplesRoutes(
  pages: Hono<{ Bindings: RequestBindings }>,
  { appState, activity, examples }: PageContext & ActivityPorts & ExamplesPorts,
): void {
  const { journal, contactOf } = activity;
  pages.get("/examples", async (c) => {
    // Loads the page and its YAML library only at the first visit, because the library takes memory.
    const { ExamplesPage } = await import("./examples-page.tsx");
    const wanted = c.req.query("event") ?? "";
    const found = /^\d{1,15}$/.test(wanted) ? journal.entry(Number(wanted)) : null;
    const recent = newestOfEachKind(journal.history(null, LOOKED_AT));
    const chosen = found ?? recent.find(({ type }) => type === "twilio_data_received") ?? recent[0] ?? null;
    const isShown = chosen === null || recent.some(({ seq }) => seq === chosen.seq);
    const choices = isShown ? recent : [chosen, ...recent];
    const page = (
      <ExamplesPage
        examples={examples}
        recent={choices}
        chosen={chosen}
        contactOf={contactOf}
        appState={appState(c)}
      />
    );
    return c.html(html`<!doctype html>${page}`);
  });
}

/** Keeps only the newest event of each kind and person, because similar events give the same automation. */
function newestOfEachKind(entries: readonly HistoryEntry[]): readonly HistoryEntry[] {
  const kinds = new Map<string, HistoryEntry>();
  for (const event of entries) {
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

/** The data that the page Examples uses beside the journal. */
export interface ExamplesPorts {
  readonly examples: {
    /** Lists the names of the user's contacts. */
    readonly contacts: () => readonly string[];
    readonly notifiers: readonly { readonly name: string; readonly type: "sms" | "call" }[];
  };
}
