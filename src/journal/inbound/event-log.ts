import { completedBy, withStatus } from "../../domain/events/outgoing-event.ts";
import type { EventData, OutgoingEvent } from "../../domain/events/outgoing-event.ts";
import type { LoggedEvent } from "../../inbound/logged-event.ts";
import type { EventQueue, WebhookStore, WebhookToSave } from "../../inbound/ports.ts";
import type { Novelty } from "../../inbound/webhook-key.ts";
import type { ResultLog } from "../../outbound/ports.ts";
import type { GroupCommit } from "../database/group-commit.ts";
import type { JournalDatabase } from "../database/open.ts";
import type { LatestStatuses } from "../outbound/statuses.ts";
import { readableRows } from "../readable-rows.ts";
import { eventCodec, eventKind } from "./event-codec.ts";
import type { SidAges } from "./sid-ages.ts";
import { createWebhookKeys } from "./webhook-keys.ts";

/**
 * The log of all events for Home Assistant. A webhook takes this way: Twilio's parameters → `InboundWebhook`
 * (twilio/webhooks) → `WebhookToSave` with `OutgoingEvent`s (inbound/) → rows of `events` → `LoggedEvent` → an event in
 * Home Assistant.
 *
 * Each promise resolves when its change is on the disk.
 */
export interface EventLog extends WebhookStore, EventQueue, ResultLog {
  /**
   * Appends an event that no webhook caused, such as `twilio_result`. The caller has begun a transaction. `at`: the
   * time of the event, in milliseconds since 1970.
   */
  append(event: OutgoingEvent, at: number): void;
  /**
   * Marks all waiting events of calls as stale, except statuses and recordings, so that no automation acts on them.
   * Called at the first start after a reboot of the machine, before `takeNext`.
   */
  markCallsStale(): void;
}

/**
 * Creates the log of all events for Home Assistant. If the app was killed while it fired events, these events wait
 * again and are marked as maybe delivered.
 *
 * @param sidAges knows when Twilio created messages and calls, for the replay check; null if no check is needed
 */
export function createEventLog(
  journal: JournalDatabase,
  { commit, commitSoon }: Pick<GroupCommit, "commit" | "commitSoon">,
  statuses: Pick<LatestStatuses, "advance" | "of">,
  sidAges: SidAges | null = null,
): EventLog {
  const keys = createWebhookKeys(journal, statuses.of);
  const insert = journal.prepare(
    "INSERT INTO events (type, kind, data, received_at, state, sid, late, unproven, unsure, fetched) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const fetched = journal.prepare("SELECT seq, data FROM events WHERE sid = ? AND fetched = 1");
  const complete = journal.prepare("UPDATE events SET data = ?, fetched = 0 WHERE seq = ?");
  // SQLite uses the index `events_open` only if a query repeats the condition of the index.
  const whereOpen = "WHERE unproven = 0 AND state IN ('pending', 'firing')";
  const next = journal.prepare(
    `UPDATE events SET state = 'firing' WHERE seq IN
       (SELECT seq FROM events ${whereOpen} AND state = 'pending' ORDER BY seq LIMIT ?) RETURNING *`,
  );
  const setDelivered = journal.prepare(
    "UPDATE events SET state = 'delivered', reason = NULL, missed = ? WHERE seq = ?",
  );
  const setRefused = journal.prepare("UPDATE events SET state = 'refused', reason = ? WHERE seq = ?");
  const setPending = journal.prepare(
    "UPDATE events SET state = 'pending', unsure = max(unsure, ?) WHERE seq = ?",
  );
  journal.exec(`UPDATE events SET state = 'pending', unsure = 1 ${whereOpen} AND state = 'firing'`);
  /** How many times this process has stored an event that `takeNext` must return later. */
  let storedAsWaiting = 0;
  /**
   * The value of `waitingVersion()` when the log last had no waiting event; -1 if that never happened. While
   * `waitingVersion()` does not change, the log still has none.
   */
  let emptyVersion = -1;

  function waitingVersion(): number {
    return storedAsWaiting + (sidAges?.releases() ?? 0);
  }

  function append(event: OutgoingEvent, at: number): void {
    storedAsWaiting += 1;
    const { type, kind, data } = event;
    insert.run(type, kind, eventCodec.encode(data), at, "pending", sidOfResult(data), 0, 0, 0, 0);
  }

  /**
   * Adds the fields of a webhook to a message that was read from Twilio's list. Returns false if no such message waits
   * for its webhook. Runs within a transaction.
   */
  function completeFetched({ key: { sid }, events }: WebhookToSave): boolean {
    const message = events.find(({ kind, type }) => kind === "message" && type === "twilio_data_received");
    const row = message === undefined ? undefined : fetched.get(sid);
    if (message === undefined || row === undefined) return false;
    complete.run(
      eventCodec.encode(completedBy(eventCodec.decode(row["data"]), message.data)),
      row["seq"] ?? null,
    );
    return true;
  }

  /**
   * Stores a webhook and its events, within a transaction. Events that can be fired at once are also put into `firing`.
   * If `firing` is null, all events wait for `takeNext`.
   */
  function save(webhook: WebhookToSave, firing: LoggedEvent[] | null): Novelty {
    const { key, events, receivedAt, initialState, isBackfill, stale, status } = webhook;
    const { sid } = key;
    if (isBackfill && sid !== null && keys.knows(sid)) return "repeated";
    const novelty = keys.save(key, receivedAt);
    if (novelty === "repeated") return !isBackfill && completeFetched(webhook) ? "completed" : novelty;
    const isDoubtful = novelty === "doubtful";
    const newStatus = status === null ? null : statuses.advance(status.sid, status.reported, receivedAt);
    const age = isBackfill ? null : (sidAges?.checkAge(sid) ?? null);
    const createdAt = age?.createdAt ?? receivedAt;
    const isStale = stale || isDoubtful || age?.stale === true;
    const isAgeUnverified = age?.ageUnverified === true;
    const maybeDelivered = isDoubtful || (isBackfill && sidAges?.mayBeRepeat(receivedAt) === true);
    const isWaiting = firing === null || isAgeUnverified || waitingVersion() !== emptyVersion;
    for (const event of events) {
      const { type, kind, idempotencyKey } = event;
      if (idempotencyKey !== undefined && !keys.add(idempotencyKey, receivedAt)) continue;
      const isStatus = type === "twilio_message_status" || type === "twilio_call_status";
      const { data } = isStatus && newStatus !== null ? withStatus(event, newStatus) : event;
      const isOnlyStored = initialState === "kept" || (isStatus && status !== null && newStatus === null);
      const { lastInsertRowid } = insert.run(
        type,
        kind,
        eventCodec.encode(data),
        createdAt,
        isOnlyStored ? "kept" : isWaiting ? "pending" : "firing",
        sid,
        isStale ? 1 : 0,
        isAgeUnverified ? 1 : 0,
        maybeDelivered ? 1 : 0,
        isBackfill && kind === "message" ? 1 : 0,
      );
      if (isOnlyStored) continue;
      if (isWaiting) storedAsWaiting += 1;
      else {
        const seq = Number(lastInsertRowid);
        firing.push({ seq, type, kind, data, receivedAt: createdAt, maybeDelivered, stale: isStale });
      }
    }
    return novelty === "new" && age !== null ? "age_unverified" : novelty;
  }

  return {
    async saveWebhook(webhook, take) {
      const saved = await commit(() => {
        // If a transaction fails, the commit runs this function again, with a new and empty list.
        const firing: LoggedEvent[] = [];
        return { novelty: save(webhook, take === undefined ? null : firing), firing };
      });
      take?.(saved.firing);
      return saved.novelty;
    },
    isKnown: keys.knows,
    append,
    report: (event, at) => commit(() => append(event, at)),
    async takeNext(limit) {
      const { version, isAll, events } = await commit(() => {
        const rows = next.all(limit);
        return {
          version: waitingVersion(),
          isAll: rows.length < limit,
          events: readableRows(rows, loggedEvent, ({ seq }) => {
            setRefused.run("The app cannot read it in its journal", seq ?? null);
          }),
        };
      });
      if (isAll) emptyVersion = version;
      // SQLite does not guarantee the order of the returned rows.
      return events.toSorted((a, b) => a.seq - b.seq);
    },
    markDelivered: (seqs, missed) =>
      commitSoon(() => {
        for (const seq of seqs) setDelivered.run(missed?.has(seq) === true ? 1 : 0, seq);
      }),
    requeue: (seq, maybeDelivered) =>
      commit(() => {
        storedAsWaiting += 1;
        setPending.run(maybeDelivered ? 1 : 0, seq);
      }),
    markCallsStale() {
      const isCall = "kind IN ('incoming_call', 'call')";
      journal.exec(`UPDATE events SET late = 1 ${whereOpen} AND ${isCall}`);
      // This needs a second statement, because events whose age Twilio has not reported yet are in another index.
      journal.exec(`UPDATE events SET late = 1 WHERE unproven = 1 AND ${isCall}`);
    },
    reject: (seq, reason) => commit(() => void setRefused.run(reason, seq)),
  };
}

/**
 * Finds the SID of the message or call that a `twilio_result` is about. The result of a step (one `script.twilio_talk`)
 * is about the step's call. Returns null if the result has several recipients, or no SID.
 */
function sidOfResult({ sid, call }: EventData): string | null {
  if (typeof sid === "string") return sid;
  return typeof call === "string" ? call : null;
}

function loggedEvent(row: Record<string, unknown>): LoggedEvent {
  return {
    seq: Number(row["seq"]),
    type: String(row["type"]),
    kind: eventKind.parse(row["kind"]),
    data: eventCodec.decode(row["data"]),
    receivedAt: Number(row["received_at"]),
    maybeDelivered: row["unsure"] === 1,
    stale: row["late"] === 1,
  };
}
