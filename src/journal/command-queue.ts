import type { Command, Send } from "../domain/command.ts";
import type { OutgoingEvent } from "../domain/inbound-event.ts";
import type { SendRequest } from "../domain/send-request.ts";
import type { RecipientResult } from "../domain/send-result.ts";
import type { EventLog } from "./event-log.ts";
import { inTransaction } from "./in-transaction.ts";
import type { Journal } from "./open-journal.ts";

export interface CommandQueue {
  add(command: Command): void;
  /** Commands not finished yet, oldest first: what a killed app left. */
  open(): Command[];
  /** On disk before Twilio is asked. */
  markPosting(requestId: string, position: number): void;
  /** Twilio provably does not have it. */
  markWaiting(requestId: string, position: number): void;
  markDone(requestId: string, position: number, result: RecipientResult): void;
  /** Ends the command and hands its outcome to the event log, both or neither. */
  finish(requestId: string, outcome: OutgoingEvent, at: number): void;
}

export function createCommandQueue(journal: Journal, log: Pick<EventLog, "append">): CommandQueue {
  const insertCommand = journal.prepare(
    "INSERT INTO commands (request_id, command, origin, received_at, deadline) VALUES (?, ?, ?, ?, ?)",
  );
  const insertSend = journal.prepare(
    "INSERT INTO sends (command_seq, position, request, state, result) VALUES (?, ?, ?, ?, ?)",
  );
  const openCommands = journal.prepare("SELECT * FROM commands WHERE finished_at IS NULL ORDER BY seq");
  const sendsOf = journal.prepare("SELECT * FROM sends WHERE command_seq = ? ORDER BY position");
  const setState = journal.prepare(
    `UPDATE sends SET state = ?, result = ?
     WHERE position = ? AND command_seq = (SELECT seq FROM commands WHERE request_id = ?)`,
  );
  const setFinished = journal.prepare(
    "UPDATE commands SET finished_at = ? WHERE request_id = ? AND finished_at IS NULL",
  );

  return {
    add(command) {
      inTransaction(journal, () => {
        const { requestId, origin, receivedAt, deadline } = command;
        const row = insertCommand.run(requestId, command.command, origin, receivedAt, deadline);
        for (const { position, request, state, result } of command.sends) {
          insertSend.run(row.lastInsertRowid, position, json(request), state, json(result));
        }
      });
    },
    open: () =>
      openCommands.all().map((row) => ({
        requestId: String(row["request_id"]),
        command: row["command"] as SendRequest["command"],
        origin: String(row["origin"]),
        receivedAt: Number(row["received_at"]),
        deadline: Number(row["deadline"]),
        sends: sendsOf.all(row["seq"] ?? null).map(storedSend),
      })),
    markPosting: (requestId, position) => void setState.run("posting", null, position, requestId),
    markWaiting: (requestId, position) => void setState.run("waiting", null, position, requestId),
    markDone: (requestId, position, result) => void setState.run("done", json(result), position, requestId),
    finish(requestId, outcome, at) {
      inTransaction(journal, () => {
        if (setFinished.run(at, requestId).changes === 1) log.append(outcome, at);
      });
    },
  };
}

function storedSend(row: Record<string, unknown>): Send {
  return {
    position: Number(row["position"]),
    request: parsed<SendRequest>(row["request"]),
    state: row["state"] as Send["state"],
    result: parsed<RecipientResult>(row["result"]),
  };
}

function json(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}

function parsed<Value>(text: unknown): Value | null {
  return typeof text === "string" ? (JSON.parse(text) as Value) : null;
}
