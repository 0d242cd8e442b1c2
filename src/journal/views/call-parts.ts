import { pressedKeys } from "../../domain/events/call-story.ts";
import type { CallTurn, IncomingCallState } from "../../domain/events/call-story.ts";
import { fileId } from "../../domain/events/conversation.ts";
import type { EntryRecording } from "../../domain/events/conversation.ts";
import type { EventData } from "../../domain/events/outgoing-event.ts";
import { talkStepCodec } from "../calls/step-codecs.ts";
import type { JournalDatabase } from "../database/open.ts";
import { eventCodec } from "../inbound/event-codec.ts";
import { commandResultCodec } from "../outbound/result-codec.ts";
import { readableField, readableRows } from "../readable-rows.ts";

type Step = NonNullable<ReturnType<typeof talkStepCodec.decode>>;

/**
 * The parts of a call that are neither in its first webhook nor in its delivery: steps, inputs, recordings and its end.
 */
export interface CallParts {
  readonly steps: IncomingCallState["steps"];
  readonly isAnsweredByAlarm: boolean;
  readonly turns: readonly CallTurn[];
  readonly recordings: readonly EntryRecording[];
  readonly hasEnded: boolean;
}

const NONE: CallParts = {
  steps: [],
  isAnsweredByAlarm: false,
  turns: [],
  recordings: [],
  hasEnded: false,
};

/** Creates a function that reads the steps, inputs and recordings of the call with a given SID. */
export function createCallParts(journal: JournalDatabase): (sid: string | null) => CallParts {
  const steps = journal.prepare(
    `SELECT talk_steps.step, commands.result FROM talk_steps JOIN commands ON commands.seq = command_seq
     WHERE call_sid = ? AND given = 1 ORDER BY command_seq`,
  );
  const recordings = journal.prepare(
    "SELECT seq, data ->> '$.duration' AS duration, data ->> '$.url' AS url FROM events WHERE sid = ? AND kind = 'recording' AND json_valid(data) ORDER BY seq",
  );
  // Input on calls that the app does not control arrives at `/webhook`, and is stored as an event.
  const inputs = journal.prepare("SELECT data FROM events WHERE sid = ? AND kind = 'call' ORDER BY seq");
  const end = journal.prepare("SELECT 1 FROM ended_calls WHERE call_sid = ?");

  const alarmCall = journal.prepare(
    `SELECT data ->> '$.outcome' IS NOT NULL AS hasEnded FROM alarm_tries
     WHERE sid = ? AND ${readableField("$.purpose")} = 'incoming'`,
  );

  return (sid) => {
    if (sid === null) return NONE;
    const byAlarm = alarmCall.get(sid);
    const all = readableRows(steps.all(sid), (row) => ({
      step: talkStepCodec.decode(row["step"]),
      result: commandResultCodec.decodeOrNull(row["result"]) ?? {},
    }));
    return {
      steps: all.map(({ step }) => ({
        isReject: step.afterwards === "reject",
        isRecording: step.input?.kind === "record",
      })),
      isAnsweredByAlarm: byAlarm !== undefined,
      turns: [
        ...all.flatMap(({ step, result }) => [...spokenTurn(step), ...answerTurns(result, step)]),
        ...readableRows(inputs.all(sid), ({ data }) => webhookTurns(eventCodec.decode(data))).flat(),
      ],
      recordings: recordings.all(sid).map((row) => ({
        event: Number(row["seq"]),
        duration: row["duration"] === null ? null : Number(row["duration"]),
        id: fileId(String(row["url"])),
      })),
      hasEnded: end.get(sid) !== undefined || byAlarm?.["hasEnded"] === 1,
    };
  };
}

/** Describes what the app says or plays in a step (one `script.twilio_talk`). */
export function spokenTurn({ speech }: Pick<Step, "speech">): CallTurn[] {
  switch (speech.kind) {
    case "say":
      return [{ kind: "said", text: speech.text }];
    case "play":
      return [{ kind: "played" }];
    case "silent":
      return [];
  }
}

/** Describes what the person on the phone did, by the fields of a step's result. */
export function answerTurns(result: EventData, step?: Pick<Step, "input">): CallTurn[] {
  const { input, speech, forward } = result;
  const to = step?.input?.kind === "forward" ? step.input.to : null;
  return [
    ...(to === null
      ? []
      : [{ kind: "forwarded", to, wasAnswered: statusIn(forward) === "completed" } as const]),
    ...entered(speech, input),
  ];
}

/**
 * Describes what the person entered, by the fields of a webhook. In a webhook about a recording, `Digits` is the key
 * that ended the recording, so it is left out.
 */
function webhookTurns(data: EventData): CallTurn[] {
  return "RecordingUrl" in data ? [] : entered(data["SpeechResult"], data["Digits"]);
}

function entered(speech: unknown, keys: unknown): CallTurn[] {
  if (typeof speech === "string" && speech !== "") return [{ kind: "spoken", text: speech }];
  return typeof keys === "string" && keys !== "" ? [pressedKeys(keys)] : [];
}

function statusIn(forward: unknown): unknown {
  return typeof forward === "object" && forward !== null && "status" in forward ? forward.status : null;
}
