import type { CallJournal } from "../../calls/ports.ts";
import type { TalkCommand } from "../../calls/step.ts";
import type { RecordedCalls } from "../../inbound/ports.ts";
import type { FirstStepJournal, StepJournal } from "../../outbound/ports.ts";
import type { Commit } from "../database/group-commit.ts";
import type { JournalDatabase } from "../database/open.ts";
import type { CommandRows } from "../outbound/command-rows.ts";
import { messageOrCallCodec } from "../outbound/delivery-codecs.ts";
import { readableRows } from "../readable-rows.ts";
import { endedBy, gatheredInputCodec, sessionTermsCodec, talkStepCodec } from "./step-codecs.ts";

/**
 * Stores calls that automations control, for calls/, inbound/ and outbound/. `RecordedCalls` finds the caller and the
 * called number of a recorded call.
 */
export interface CallSteps extends CallJournal, RecordedCalls, StepJournal, FirstStepJournal {}

/**
 * Stores the steps and the ends of calls that automations control. A step is one run of `script.twilio_talk`. Each
 * promise resolves when its change is on the disk.
 */
export function createCallSteps(journal: JournalDatabase, commit: Commit, rows: CommandRows): CallSteps {
  const insertStep = journal.prepare(
    "INSERT INTO talk_steps (step_id, command_seq, call_sid, step, terms) VALUES (?, ?, ?, ?, ?)",
  );
  const countForward = journal.prepare(
    `INSERT INTO sends (command_seq, position, state, kind, recipient, counted_at) VALUES (?, 0, 'done', 'make_call', ?, ?)`,
  );
  const select = journal.prepare(
    `SELECT * FROM talk_steps JOIN commands ON seq = command_seq WHERE finished_at IS NULL ORDER BY seq`,
  );
  const setGiven = journal.prepare(
    "UPDATE talk_steps SET given = 1, from_address = ?, to_address = ? WHERE step_id = ?",
  );
  const selectFirstStep = journal.prepare("SELECT request, entry, opened FROM sends WHERE reference = ?");
  const selectPendingFirstStep = journal.prepare(
    `SELECT reference FROM sends WHERE sid = ? AND entry IS NULL AND opened = 1`,
  );
  const setFirstStepSent = journal.prepare("UPDATE sends SET opened = 1 WHERE reference = ?");
  const setGatheredInput = journal.prepare(
    "UPDATE sends SET entry = ? WHERE reference = ? AND entry IS NULL",
  );
  const stepParties = journal.prepare("SELECT from_address, to_address FROM talk_steps WHERE step_id = ?");
  const deliveryParties = journal.prepare(
    "SELECT json_extract(request, '$.from') AS from_address, recipient AS to_address FROM sends WHERE reference = ?",
  );
  const insertEnd = journal.prepare(
    "INSERT OR IGNORE INTO ended_calls (call_sid, ended_by, ended_at) VALUES (?, ?, ?)",
  );
  const selectEnd = journal.prepare("SELECT ended_by FROM ended_calls WHERE call_sid = ?");

  return {
    add: (command, inboxSeq) =>
      commit(() => {
        rows.removePending(inboxSeq);
        const known = rows.findExisting(command);
        if (known !== null) return known;
        const { step, receivedAt } = command;
        const forward = step.input?.kind === "forward" ? step.input : null;
        if (forward !== null && rows.remainingToday("make_call", receivedAt) <= 0)
          return { kind: "limited", limit: rows.limit("make_call") };
        const seq = rows.insert({ ...command, waitFor: "answered" });
        const { stepId, callSid, terms } = command;
        insertStep.run(stepId, seq, callSid, talkStepCodec.encode(step), sessionTermsCodec.encode(terms));
        if (forward !== null) countForward.run(seq, forward.to, receivedAt);
        return { kind: "added", command };
      }),
    openCommands: () => readableRows(select.all(), storedTalk),
    markSentToTwilio: (stepId, { from, to }) => commit(() => void setGiven.run(from, to, stepId)),
    firstStepOf(reference) {
      const row = selectFirstStep.get(reference);
      if (row === undefined || row["entry"] !== null) return null;
      const request = messageOrCallCodec.decodeOrNull(row["request"]);
      if (request?.command !== "make_call" || !("opening" in request.instructions)) return null;
      return { ...request.instructions.opening, wasSentToTwilio: row["opened"] === 1 };
    },
    pendingFirstStepOn(callSid) {
      const reference = selectPendingFirstStep.get(callSid)?.["reference"];
      return typeof reference === "string" ? reference : null;
    },
    markFirstStepSent: (reference) => commit(() => void setFirstStepSent.run(reference)),
    wasFirstStepSent: (reference) => selectFirstStep.get(reference)?.["opened"] === 1,
    saveGatheredInput: (reference, input) =>
      commit(() => void setGatheredInput.run(gatheredInputCodec.encode(input), reference)),
    gatheredInputOf: (reference) =>
      gatheredInputCodec.decodeOrNull(selectFirstStep.get(reference)?.["entry"]),
    partiesOf(id) {
      const row = stepParties.get(id) ?? deliveryParties.get(id);
      return row === undefined
        ? null
        : { from: textOrNull(row["from_address"]), to: textOrNull(row["to_address"]) };
    },
    saveEndedBy: (callSid, by, at) => commit(() => void insertEnd.run(callSid, by, at)),
    endedBy(callSid) {
      const row = selectEnd.get(callSid);
      return row === undefined ? null : endedBy.parse(row["ended_by"]);
    },
  };
}

function storedTalk(row: Record<string, unknown>): TalkCommand {
  return {
    command: "talk",
    requestId: String(row["request_id"]),
    origin: String(row["origin"]),
    fingerprint: String(row["fingerprint"]),
    receivedAt: Number(row["received_at"]),
    deadline: Number(row["deadline"]),
    callSid: String(row["call_sid"]),
    stepId: String(row["step_id"]),
    step: talkStepCodec.decode(row["step"]),
    terms: sessionTermsCodec.decode(row["terms"]),
    isSentToTwilio: row["given"] === 1,
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
