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

/**
 * Stores commands (accepted requests for messages and calls) and their deliveries. Every change is one transaction, and
 * resolves when it is on the disk.
 *
 * @param log stores the `twilio_result` of a finished command in the same transaction
 */
export function createCommandQueue(
  journal: JournalDatabase,
  commit: Commit,
  log: Pick<EventLog, "append">,
  rows: CommandRows,
): CommandJournal {
  const insertDelivery = journal.prepare(
    `INSERT INTO sends (command_seq, position, request, state, result, kind, recipient, reference, counted_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const openCommands = journal.prepare(
    "SELECT * FROM commands WHERE finished_at IS NULL AND command <> 'talk' ORDER BY seq",
  );
  const deliveriesOf = journal.prepare("SELECT * FROM sends WHERE command_seq = ? ORDER BY position");
  const ofCommand = "position = ? AND command_seq = (SELECT seq FROM commands WHERE request_id = ?)";
  const setPosting = journal.prepare(
    `UPDATE sends SET state = 'posting', posted_at = ? WHERE state <> 'done' AND ${ofCommand}`,
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
    "UPDATE commands SET finished_at = ?, result = ? WHERE request_id = ? AND finished_at IS NULL",
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

  function insert(command: Command): void {
    const seq = rows.insert(command);
    for (const { position, request, state, result, reference } of command.deliveries) {
      const counted = state === "done" ? null : command.receivedAt;
      const to = request?.to ?? null;
      insertDelivery.run(
        seq,
        position,
        messageOrCallCodec.encodeOrNull(request),
        state,
        recipientResultCodec.encodeOrNull(result),
        request?.command ?? null,
        to,
        reference,
        counted,
      );
    }
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
        receivedAt: Number(row["received_at"]),
        deadline: Number(row["deadline"]),
        deliveries: deliveriesOf.all(row["seq"] ?? null).map(storedDelivery),
      })),
    markPosting: (requestId, position, at, from) =>
      commit(() => {
        setPosting.run(at, position, requestId);
        if (from !== undefined) setSender.run(from, position, requestId);
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
        if (setFinished.run(at, commandResultCodec.encode(outcome.data), requestId).changes === 1)
          log.append(outcome, at);
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
