import { arch, platform, release } from "node:os";
import { eventLoopUtilization } from "node:perf_hooks";
import { getHeapStatistics } from "node:v8";

import type { Clock } from "../../domain/clock.ts";
import type { HistoryEntry } from "../../domain/events/history.ts";
import type { AppState } from "../shell/app-state.ts";
import type { ActivityPorts } from "./ports.ts";

/** How many of the newest history entries the app searches for errors. */
const LOOKED_AT = 500;
const MOST_ERRORS = 50;

/** Matches an error code of Twilio or of this app. The diagnostics contain a code only if it has this form. */
const CODE = /^[a-z0-9_-]{1,40}$/i;

/**
 * Matches seven digits in a row. An error code with such digits may contain a phone number, so the diagnostics leave it
 * out.
 */
const LONG_NUMBER = /\d{7}/;

/**
 * Makes the content of `diagnostics.json`, which helps to find a fault. Users send this file to strangers, so it is
 * built only from single harmless values.
 *
 * It contains no secrets, phone numbers, names, texts or URLs, and of errors only the codes. Times are ISO 8601.
 */
export function diagnostics(
  { journal, limits, refused, lastCopy, lost, options, nodeVersion }: ActivityPorts["activity"],
  { appVersion, startedAt, homeAssistant, accountSid, publicAddress, lastSignedAt, waiting }: AppState,
  clock: Clock,
): object {
  const now = clock.now();
  const startedReading = clock.monotonic();
  const figures = journal.figures();
  const used = journal.usedLimits(now);
  const recent = journal.history(null, LOOKED_AT);
  const copy = lastCopy();
  const { count, last } = refused();
  const readMs = clock.monotonic() - startedReading;
  return {
    made_at: iso(now),
    app: { version: appVersion, started_at: iso(startedAt), up_seconds: seconds(now - startedAt) },
    system: { node: nodeVersion, platform: platform(), release: release(), arch: arch() },
    home_assistant: {
      connected: homeAssistant.connected,
      version: homeAssistant.version,
      language: homeAssistant.language,
    },
    account: accountSid,
    options,
    public_address:
      publicAddress === null
        ? null
        : { ...shapeOf(publicAddress.base), learnt: publicAddress.source !== "configured" },
    webhooks: {
      last_valid: lastSignedAt === null ? null : iso(lastSignedAt),
      rejected: count,
      last_rejected: last === null ? null : { at: iso(last.at), why: last.why },
    },
    waiting: {
      ...waiting,
      oldest_event: oldest(journal.waitingEvents(1)[0]?.at),
      oldest_command: oldest(journal.openCommands(1)[0]?.since),
    },
    rejected_events: journal.refusedOrMissed("refused", 100).map(({ at, type }) => ({ at: iso(at), type })),
    missed_events: journal.refusedOrMissed("missed", 100).map(({ at, type }) => ({ at: iso(at), type })),
    last_24_hours: {
      messages: used.messages,
      messages_limit: limits.messagesPerDay,
      calls: used.calls,
      calls_limit: limits.callsPerDay,
    },
    recent: { looked_at: recent.length, by_type: countedByType(recent), errors: errorsIn(recent) },
    journal: {
      schema_version: figures.schemaVersion,
      sqlite: figures.sqliteVersion,
      bytes: figures.bytes,
      first_event: figures.firstEvent,
      last_event: figures.lastEvent,
      lost_at: lost === null ? null : iso(lost.at),
      was_damaged: lost?.atThisStart?.wasDamaged ?? null,
      restored_from: lost?.atThisStart?.copiedAt?.toISOString() ?? null,
      last_copy: copy === null ? null : { at: copy.at, ok: copy.error === null, bytes: copy.bytes },
    },
    timings: {
      journal_read_ms: Math.round(readMs * 10) / 10,
      event_loop_busy: Math.round(eventLoopUtilization().utilization * 10_000) / 10_000,
      heap_bytes: getHeapStatistics().used_heap_size,
    },
  };

  function oldest(at: number | undefined): string | null {
    return at === undefined ? null : iso(at);
  }
}

/** Describes a URL without its host and path, which are private. */
function shapeOf(base: string): object {
  if (!URL.canParse(base)) return { scheme: null, port: null, has_path: null };
  const { protocol, port, pathname } = new URL(base);
  return {
    scheme: protocol.replace(":", ""),
    port: port === "" ? null : Number(port),
    has_path: pathname !== "/",
  };
}

/** Counts the entries by type and state. */
function countedByType(recent: readonly HistoryEntry[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { type, state } of recent) {
    const name = `${type} ${state}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function errorsIn(recent: readonly HistoryEntry[]): object[] {
  return recent
    .flatMap(({ at, type, data }) => {
      const code = codeIn(data);
      return code === null ? [] : [{ at: iso(at), type, code }];
    })
    .slice(0, MOST_ERRORS);
}

function codeIn({ error }: HistoryEntry["data"]): string | null {
  if (typeof error !== "object" || error === null) return null;
  const { code } = error as { readonly code?: unknown };
  return typeof code === "string" && CODE.test(code) && !LONG_NUMBER.test(code) ? code : null;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}
