import type { EventData } from "../../domain/events/outgoing-event.ts";
import type { MessageOrCall } from "../../outbound/delivery/message-or-call.ts";
import type { ExistingCommand } from "../../outbound/ports.ts";
import type { CommandProgressSource } from "../../setup/ports.ts";
import type { JournalDatabase } from "../database/open.ts";
import { deliveryState } from "./delivery-codecs.ts";
import { commandResultCodec } from "./result-codec.ts";

const DAY_MS = 86_400_000;

/** Most recipients in any 24 hours: a runaway automation must not empty an account. */
export type Limits = Readonly<Record<MessageOrCall["command"], number>>;

/** What all commands have in common, whatever they do at Twilio. Within a transaction of somebody else's. */
export function createCommandRows(journal: JournalDatabase, limits: Limits) {
  const select = journal.prepare("SELECT fingerprint, result FROM commands WHERE request_id = ?");
  const insert = journal.prepare(
    `INSERT INTO commands (request_id, command, origin, fingerprint, wait_for, received_at, deadline)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const countSince = journal.prepare("SELECT count(*) AS n FROM sends WHERE kind = ? AND counted_at > ?");
  const forgetHeard = journal.prepare("DELETE FROM heard_requests WHERE seq = ?");

  return {
    /** Null for an id that is new. */
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
    /** Null for an id that is new. */
    resultOf(requestId: string): { readonly result: EventData | null } | null {
      const row = select.get(requestId);
      return row === undefined ? null : { result: commandResultCodec.decodeOrNull(row["result"]) };
    },
    /** The new row's number. */
    insert(command: {
      readonly requestId: string;
      readonly command: string;
      readonly origin: string;
      readonly fingerprint: string;
      readonly waitFor: string;
      readonly receivedAt: number;
      readonly deadline: number;
    }): number | bigint {
      const { requestId, origin, fingerprint, waitFor, receivedAt, deadline } = command;
      return insert.run(requestId, command.command, origin, fingerprint, waitFor, receivedAt, deadline)
        .lastInsertRowid;
    },
    /** How many messages or calls are left of the day's limit at a time. */
    remainingToday: (kind: MessageOrCall["command"], at: number): number =>
      limits[kind] - Number(countSince.get(kind, at - DAY_MS)?.["n"]),
    limit: (kind: MessageOrCall["command"]): number => limits[kind],
    /** The kept request that a command was made of goes with it. */
    removePending: (heard: number | null): void => {
      if (heard !== null) forgetHeard.run(heard);
    },
  };
}

export type CommandRows = ReturnType<typeof createCommandRows>;

/** How far a command is; null for an id that is not known. */
export function createCommandProgress(journal: JournalDatabase): CommandProgressSource {
  const command = journal.prepare("SELECT seq, result FROM commands WHERE request_id = ?");
  const sends = journal.prepare(
    `SELECT iif(request IS NULL, NULL, recipient) AS recipient, state, sid FROM sends
     WHERE command_seq = ? ORDER BY position`,
  );
  return {
    progressOf(requestId) {
      const row = command.get(requestId);
      if (row === undefined) return null;
      return {
        result: commandResultCodec.decodeOrNull(row["result"]),
        deliveries: sends.all(row["seq"] ?? null).map(({ recipient, state, sid }) => ({
          to: typeof recipient === "string" ? recipient : null,
          state: deliveryState.parse(state),
          sid: typeof sid === "string" ? sid : null,
        })),
      };
    },
  };
}
