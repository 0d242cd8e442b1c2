import type { Context, Hono } from "hono";

import type { ActivityJournal } from "../../domain/events/activity-journal.ts";
import type { ConversationJournal } from "../../domain/events/conversation-journal.ts";
import type { EntryKey } from "../../domain/events/conversation.ts";
import type { RequestBindings } from "../../domain/transport.ts";
import { textsFor } from "../../texts/texts-for.ts";
import type { ActivityPorts } from "../activity/ports.ts";
import { personAt } from "../conversations/person.ts";
import type { ConversationsPorts } from "../conversations/ports.ts";
import type { PageContext } from "../shell/app-state.ts";
import { formatTime } from "../shell/time.tsx";
import { entryText } from "./conversation-text.ts";
import { csvHeading, csvLines } from "./history-csv.ts";
import { onlyAdministrators } from "./only-administrators.ts";
import type { ExportPorts } from "./ports.ts";
import { streamTexts } from "./stream-texts.ts";

type Env = { Bindings: RequestBindings };

/** How many rows are read at a time. Reading them takes some milliseconds, in which webhooks wait. */
const STEP = 200;

/** Adds `history.csv` and `conversation.txt?with=<key>`, which only administrators can download. */
export function addExportRoutes(
  pages: Hono<Env>,
  options: PageContext & ExportPorts & ActivityPorts & ConversationsPorts,
): void {
  const { appState, clock, activity, conversations } = options;
  const guard = onlyAdministrators(options);

  pages.get("/history.csv", guard, (c) =>
    download(c, `twilio-history-${today()}.csv`, "text/csv", historyTexts(activity.journal)),
  );

  pages.get("/conversation.txt", guard, (c) => {
    const address = conversations.journal.addressOf(c.req.query("with") ?? "");
    const shown = appState(c);
    const texts = textsFor(shown.language);
    if (address === null) return c.text(texts.conversations.unknown, 404);
    const { name, number } = personAt(address, conversations.contactOf, texts.conversations);
    const { timeZone } = shown.homeAssistant;
    const time = (at: number): string =>
      formatTime(at, { language: shown.language, fallbackLanguage: texts.language, timeZone });
    const heading = [
      `${texts.conversations.messages(name)}${number === null ? "" : ` (${number})`}`,
      `${texts.asOf} ${time(clock.now())} (${timeZone})\n\n`,
    ].join("\n");
    const all = conversationTexts(conversations.journal, address, heading, (entry) =>
      entryText(entry, { texts, name, time }),
    );
    return download(c, `twilio-conversation-${today()}.txt`, "text/plain", all);
  });

  function download(c: Context<Env>, name: string, type: string, texts: Iterator<string>): Response {
    // The answer to HEAD has no body.
    const body = c.req.method === "HEAD" ? null : streamTexts(texts, clock);
    return c.newResponse(body, 200, {
      "Content-Type": `${type}; charset=utf-8`,
      "Content-Disposition": `attachment; filename="${name}"`,
    });
  }

  /** Returns the present date in UTC, such as `2026-11-24`. */
  function today(): string {
    return new Date(clock.now()).toISOString().slice(0, 10);
  }
}

/** Writes the history, the newest entry first. So entries that are added meanwhile do not move the others. */
function* historyTexts(journal: Pick<ActivityJournal, "history">): Generator<string> {
  yield csvHeading();
  let before: number | null = null;
  for (;;) {
    const entries = journal.history(before, STEP);
    const last = entries.at(-1);
    if (last === undefined) return;
    yield entries.map(csvLines).join("");
    before = last.seq;
  }
}

/**
 * Writes a conversation, the oldest entry first. The journal reads backwards, so this function first finds the end of
 * each part of `STEP` entries.
 */
function* conversationTexts(
  journal: Pick<ConversationJournal, "entries">,
  address: string,
  heading: string,
  textOf: (entry: ReturnType<typeof journal.entries>[number]) => string,
): Generator<string> {
  yield heading;
  const ends: (EntryKey | null)[] = [null];
  for (;;) {
    const entries = journal.entries(address, ends.at(-1) ?? null, STEP);
    const [oldest] = entries;
    if (oldest === undefined || entries.length < STEP) break;
    ends.push(oldest.key);
    // Yields an empty text, because the stream lets the process answer webhooks before it takes the next text.
    yield "";
  }
  for (const end of ends.toReversed()) yield journal.entries(address, end, STEP).map(textOf).join("");
}
