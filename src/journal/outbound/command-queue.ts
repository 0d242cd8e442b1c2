import type { Command, Delivery } from "../../outbound/delivery/command.ts";
import { limitReached } from "../../outbound/delivery/result.ts";
import type { CommandJournal } from "../../outbound/ports.ts";
import type { Commit } from "../database/group-commit.ts";
import type { JournalDatabase } from "../database/open.ts";
import type { EventLog } from "../inbound/event-log.ts";
import { readableRows } from "../readable-rows.ts";
import type { CommandRows } from "./command-rows.ts";
import {
  acceptedDeliveryCodec,
  recipientResultCodec,
  deliveryCommand,
  messageOrCallCodec,
  deliveryState,
  waitFor,
} from "./delivery-codecs.ts";
import { commandResultCodec } from "./result-codec.ts";

/** Stores a command (an accepted request) with its deliveries. The caller has begun a transaction. */
export type InsertCommand = (command: Command) => void;

/**
 * Creates the function that stores a command. A call or text of an alarm does not count in the daily limits of other
 * commands.
 */
export function createCommandInsert(journal: JournalDatabase, rows: CommandRows): InsertCommand {
  const insertDelivery = journal.prepare(
    `INSERT INTO sends (command_seq, position, request, state, result, kind, recipient, reference, counted_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return (command) => {
    const seq = rows.insert(command);
    for (const { position, request, state, result, reference } of command.deliveries) {
      const isCounted = state !== "done" && command.priority === undefined;
      insertDelivery.run(
        seq,
        position,
        messageOrCallCodec.encodeOrNull(request),
        state,
        recipientResultCodec.encodeOrNull(result),
        request?.command ?? null,
        request?.to ?? null,
        reference,
        isCounted ? command.receivedAt : null,
      );
    }
  };
}

/**
 * Stores commands (accepted requests for messages and calls) and their deliveries. Each change is one transaction, and
 * its promise resolves when the change is on the disk.
 *
 * @param log stores the `twilio_result` of a finished command, in the same transaction; calls and texts of alarms have
 * no result
 */
export function createCommandQueue(
  journal: JournalDatabase,
  commit: Commit,
  log: Pick<EventLog, "append">,
  rows: CommandRows,
  insert: InsertCommand,
): CommandJournal {
  const openCommands = journal.prepare(
    "SELECT * FROM commands WHERE finished_at IS NULL AND command <> 'talk' ORDER BY priority IS NULL, seq",
  );
  const deliveriesOf = journal.prepare("SELECT * FROM sends WHERE command_seq = ? ORDER BY position");
  const ofCommand = "position = ? AND command_seq = (SELECT seq FROM commands WHERE request_id = ?)";
  const setPosting = journal.prepare(
    `UPDATE sends SET state = 'posting', posted_at = ?
     WHERE state <> 'done' AND ${ofCommand} AND coalesce(reference, '') = ?`,
  );
  const setSender = journal.prepare(
    `UPDATE sends SET request = json_set(request, '$.from', ?) WHERE state <> 'done' AND ${ofCommand}`,
  );
  const setWaiting = journal.prepare(
    `UPDATE sends SET state = 'waiting', posted_at = NULL WHERE state <> 'done' AND ${ofCommand}`,
  );
  const setAccepted = journal.prepare(
    `UPDATE sends SET accepted = ?, sid = ? WHERE state <> 'done' AND ${ofCommand}`,
  );
  const setDone = journal.prepare(
    `UPDATE sends SET state = 'done', result = ?, sid = coalesce(?, sid),
       counted_at = CASE WHEN posted_at IS NULL THEN NULL ELSE counted_at END
     WHERE ${ofCommand}`,
  );
  const setFinished = journal.prepare(
    "UPDATE commands SET finished_at = ?, result = ? WHERE request_id = ? AND finished_at IS NULL RETURNING priority",
  );

  function withinLimits(command: Command): Command {
    const limit = rows.limit(command.command);
    let free = rows.remainingToday(command.command, command.receivedAt);
    const deliveries = command.deliveries.map((delivery): Delivery => {
      if (delivery.request === null || free-- > 0) return delivery;
      return { ...delivery, state: "done", result: limitReached(delivery.request, limit) };
    });
    return { ...command, deliveries };
  }

  return {
    add: (command, inboxSeq) =>
      commit(() => {
        rows.removePending(inboxSeq);
        const known = rows.findExisting(command);
        if (known !== null) return known;
        const limited = withinLimits(command);
        insert(limited);
        return { kind: "added", command: limited };
      }),
    findExisting: rows.resultOf,
    openCommands: () =>
      readableRows(openCommands.all(), (row) => ({
        requestId: String(row["request_id"]),
        command: deliveryCommand.parse(row["command"]),
        origin: String(row["origin"]),
        fingerprint: String(row["fingerprint"]),
        waitFor: waitFor.parse(row["wait_for"]),
        ...(row["priority"] === "alarm" ? { priority: "alarm" } : {}),
        receivedAt: Number(row["received_at"]),
        deadline: Number(row["deadline"]),
        deliveries: deliveriesOf.all(row["seq"] ?? null).map(storedDelivery),
      })),
    markPosting: (requestId, { position, reference }, at, from) =>
      commit(() => {
        const isMarked = setPosting.run(at, position, requestId, reference).changes === 1;
        if (isMarked && from !== undefined) setSender.run(from, position, requestId);
        return isMarked;
      }),
    markWaiting: (requestId, position) => commit(() => void setWaiting.run(position, requestId)),
    markAccepted: (requestId, position, accepted) =>
      commit(
        () => void setAccepted.run(acceptedDeliveryCodec.encode(accepted), accepted.sid, position, requestId),
      ),
    markDone: (requestId, position, result) =>
      commit(() => void setDone.run(recipientResultCodec.encode(result), result.sid, position, requestId)),
    finish: (requestId, outcome, at) =>
      commit(() => {
        const finished = setFinished.get(at, commandResultCodec.encode(outcome.data), requestId);
        const isReported = finished !== undefined && finished["priority"] === null;
        if (isReported) log.append(outcome, at);
        return isReported;
      }),
  };
}

function storedDelivery(row: Record<string, unknown>): Delivery {
  return {
    position: Number(row["position"]),
    request: messageOrCallCodec.decodeOrNull(row["request"]),
    state: deliveryState.parse(row["state"]),
    result: recipientResultCodec.decodeOrNull(row["result"]),
    reference: typeof row["reference"] === "string" ? row["reference"] : "",
    postedAt: row["posted_at"] === null ? null : Number(row["posted_at"]),
    accepted: acceptedDeliveryCodec.decodeOrNull(row["accepted"]),
  };
}
