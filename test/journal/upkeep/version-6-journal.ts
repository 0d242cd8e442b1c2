import { DatabaseSync } from "node:sqlite";

import { applyMigrations } from "../../../src/journal/database/migrate.ts";
import { MIGRATIONS } from "../../../src/journal/database/migrations.ts";

export const ANNA = "+12125550101";
export const BEN = "+12125550102";

const STEP = {
  speech: { kind: "say", text: "secret question" },
  input: { kind: "gather", what: "digits", digits: 4, finishOnKey: "", hints: [], answerSeconds: 5 },
  repeat: 1,
  afterwards: "wait",
};
const TERMS = { holdSeconds: 8, silenceSeconds: 30, language: "en-US", voice: null };
const RECORDING = { sid: "RE1", url: "https://secret.example/RE1", duration: 3 };
const ENTERED = {
  input: "secret 4711",
  speech: "secret words",
  confidence: 0.9,
  ended: "caller",
  recording: RECORDING,
  forward: null,
};

const message = {
  command: "send_message",
  to: ANNA,
  from: null,
  body: "secret text",
  mediaUrls: ["camera.secret"],
  validFor: 60,
};
const template = {
  ...message,
  body: "",
  mediaUrls: [],
  content: { sid: "HX1", variables: '{"1":"secret"}' },
};
const call = {
  command: "make_call",
  to: BEN,
  from: null,
  // oxlint-disable-next-line house/plain-words -- stored JSON contains the name `opening`
  instructions: { opening: { step: STEP, terms: TERMS } },
  record: true,
};
const said = { ...call, instructions: { say: "secret words", language: "en-GB" } };
const ended = {
  to: BEN,
  sid: "CA1",
  status: "completed",
  segments: null,
  answered_by: null,
  duration: 9,
  error: null,
};
const answered = { ...ended, ...ENTERED };
const recorded = { ...ended, recording: RECORDING };

const resultOf = (requestId: string, recipient: object): object => ({
  ...recipient,
  request_id: requestId,
  command: "make_call",
  ok: true,
  recipients: [recipient],
});

/** Each finished command: its request, the result of its delivery, and its own result, as version 6 stored them. */
const FINISHED = [
  {
    id: "message",
    request: message,
    result: { ...ended, to: ANNA },
    commandResult: { ...ended, recipients: [ended] },
  },
  { id: "template", request: template, result: { ...ended, to: ANNA }, commandResult: { ok: true } },
  { id: "call", request: call, result: answered, commandResult: resultOf("call", answered) },
  { id: "said", request: said, result: recorded, commandResult: resultOf("said", recorded) },
] as const;

/** Writes a journal of version 6 with `rows` more messages and commands, one each millisecond. */
export function writeVersion6(file: string, rows = 0): void {
  using journal = new DatabaseSync(file);
  applyMigrations(journal, MIGRATIONS.slice(0, 1));
  journal.exec("BEGIN");
  const addEvent = journal.prepare(
    "INSERT INTO events (type, kind, data, received_at, state, reason) VALUES ('twilio_data_received', 'message', ?, ?, ?, ?)",
  );
  const addCommand = journal.prepare(
    `INSERT INTO commands (request_id, command, origin, received_at, deadline, finished_at, fingerprint, result)
     VALUES (?, ?, 'automation', ?, 9e9, ?, 'f', ?) RETURNING seq`,
  );
  const addSend = journal.prepare(
    `INSERT INTO sends (command_seq, position, request, state, result, kind, recipient, reference)
     VALUES (?, 0, ?, ?, ?, ?, ?, ?)`,
  );

  function add(
    id: string,
    at: number,
    request: { command: string; to: string },
    result: object | null,
    commandResult: object | null,
  ) {
    const finished = commandResult === null ? null : at;
    const seq = addCommand.get(id, request.command, at, finished, json(commandResult))?.["seq"] ?? null;
    const state = result === null ? "waiting" : "done";
    addSend.run(seq, json(request), state, json(result), request.command, request.to, `ref_${id}`);
  }

  for (let n = 1; n <= rows; n += 1) {
    addEvent.run(json({ From: ANNA, Body: "old" }), n, "delivered", n % 10 === 0 ? "missed" : null);
    add(`old_${n}`, n, message, { ...ended, to: ANNA }, { ok: true, recipients: [] });
  }
  addEvent.run(json({ From: ANNA, Body: "too late" }), 1_000, "delivered", "missed");
  addEvent.run(json({ From: ANNA, Body: "forbidden" }), 1_001, "refused", "missed");
  for (const [n, { id, request, result, commandResult }] of FINISHED.entries())
    add(id, 1_002 + n, request, result, commandResult);
  add("open", 1_010, template, null, null);
  const talk = addCommand.get(
    "talk",
    "talk",
    1_011,
    1_011,
    json({ ...ENTERED, call: "CA2", recipients: [] }),
  )?.["seq"];
  journal
    .prepare(
      "INSERT INTO talk_steps (step_id, command_seq, call_sid, step, terms) VALUES ('s', ?, 'CA1', ?, ?)",
    )
    .run(talk ?? null, json(STEP), json(TERMS));
  journal.exec("COMMIT");
}

function json(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
