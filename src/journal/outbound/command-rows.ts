import type { EventData } from "../../domain/events/outgoing-event.ts";
import type { MessageOrCall } from "../../outbound/delivery/message-or-call.ts";
import type { ExistingCommand } from "../../outbound/ports.ts";
import type { CommandProgressSource } from "../../setup/ports.ts";
import type { JournalDatabase } from "../database/open.ts";
import { deliveryState } from "./delivery-codecs.ts";
import { commandResultCodec } from "./result-codec.ts";

const DAY_MS = 86_400_000;

/**
 * The most recipients of messages and of calls in any 24 hours. The limits keep a runaway automation from using up the
 * account's balance.
 */
export type Limits = Readonly<Record<MessageOrCall["command"], number>>;

/** Reads and writes the rows in `commands`, which all kinds of commands have. The caller has begun a transaction. */
export function createCommandRows(journal: JournalDatabase, limits: Limits) {
  const select = journal.prepare("SELECT fingerprint, result FROM commands WHERE request_id = ?");
  const insert = journal.prepare(
    `INSERT INTO commands (request_id, command, origin, fingerprint, wait_for, received_at, deadline, priority)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const countSince = journal.prepare("SELECT count(*) AS n FROM sends WHERE kind = ? AND counted_at > ?");
  const removeInboxRequest = journal.prepare("DELETE FROM heard_requests WHERE seq = ?");

  return {
    /** Finds the command with this `request_id`; null if no such command exists. */
    findExisting({
      requestId,
      fingerprint,
    }: {
      readonly requestId: string;
      readonly fingerprint: string;
    }): ExistingCommand | null {
      const row = select.get(requestId);
      if (row === undefined) return null;
      if (row["fingerprint"] !== fingerprint) return { kind: "id_reused" };
      return { kind: "repeated", result: commandResultCodec.decodeOrNull(row["result"]) };
    },
    /**
     * Finds the result of a command; null if no such command exists. `result` has the data of its `twilio_result`, or
     * is null while the command runs.
     */
    resultOf(requestId: string): { readonly result: EventData | null } | null {
      const row = select.get(requestId);
      return row === undefined ? null : { result: commandResultCodec.decodeOrNull(row["result"]) };
    },
    /** Inserts the row of a command. Returns the number of the row. */
    insert(command: {
      readonly requestId: string;
      readonly command: string;
      readonly origin: string;
      readonly fingerprint: string;
      readonly waitFor: string;
      readonly receivedAt: number;
      readonly deadline: number;
      readonly priority?: "alarm";
    }): number | bigint {
      const { requestId, origin, fingerprint, waitFor, receivedAt, deadline, priority = null } = command;
      return insert.run(
        requestId,
        command.command,
        origin,
        fingerprint,
        waitFor,
        receivedAt,
        deadline,
        priority,
      ).lastInsertRowid;
    },
    /** Returns how many more messages or calls the daily limit allows at the time `at`, in milliseconds since 1970. */
    remainingToday: (kind: MessageOrCall["command"], at: number): number =>
      limits[kind] - Number(countSince.get(kind, at - DAY_MS)?.["n"]),
    limit: (kind: MessageOrCall["command"]): number => limits[kind],
    /**
     * Removes a request from the inbox, because it becomes a command, or is a repetition or refused. `inboxSeq` is null
     * if the request never waited in the inbox.
     */
    removePending: (inboxSeq: number | null): void => {
      if (inboxSeq !== null) removeInboxRequest.run(inboxSeq);
    },
  };
}

export type CommandRows = ReturnType<typeof createCommandRows>;

/**
 * Reads the deliveries of a command and its `twilio_result`. The page Setup shows them for its test message or call.
 */
export function createCommandProgress(journal: JournalDatabase): CommandProgressSource {
  const command = journal.prepare("SELECT seq, result FROM commands WHERE request_id = ?");
  const deliveries = journal.prepare(
    `SELECT iif(request IS NULL, NULL, recipient) AS recipient, state, sid FROM sends
     WHERE command_seq = ? ORDER BY position`,
  );
  return {
    progressOf(requestId) {
      const row = command.get(requestId);
      if (row === undefined) return null;
      return {
        result: commandResultCodec.decodeOrNull(row["result"]),
        deliveries: deliveries.all(row["seq"] ?? null).map(({ recipient, state, sid }) => ({
          to: typeof recipient === "string" ? recipient : null,
          state: deliveryState.parse(state),
          sid: typeof sid === "string" ? sid : null,
        })),
      };
    },
  };
}
