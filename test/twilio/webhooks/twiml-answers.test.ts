import { expect, test } from "vitest";

import type { CallSessions } from "../../../src/calls/call-sessions.ts";
import type { CallArrival, InstructionWebhook, SessionInstruction } from "../../../src/calls/instruction.ts";
import type { SessionTerms, TalkStep } from "../../../src/calls/step.ts";
import type { WebhookFields } from "../../../src/domain/events/webhook.ts";
import { createTalkAddresses } from "../../../src/twilio/webhooks/talk/talk-addresses.ts";
import { createTwimlAnswers } from "../../../src/twilio/webhooks/twiml-answers.ts";
import type { AnswerTerms, TwimlAnswersOptions } from "../../../src/twilio/webhooks/twiml-answers.ts";
import { clockWith } from "../../clock-with.ts";

const BASE = "https://home.example";
const TERMS: SessionTerms = { holdSeconds: 8, silenceSeconds: 30, language: "de-DE", voice: null };
const SAY: TalkStep = {
  speech: { kind: "say", text: "The gate is open" },
  input: null,
  repeat: 1,
  afterwards: "wait",
};
const RINGING = { CallSid: "CA1", CallStatus: "ringing", From: "+1", To: "+2" };
const ARRIVAL = { fields: RINGING, signature: "signature" };
const HANG_UP: SessionInstruction = { kind: "hang_up" };
const QUESTION: InstructionWebhook = {
  callSid: "CA1",
  stepId: null,
  attempt: 1,
  terms: TERMS,
  silentSince: 0,
  holds: 0,
  turn: 1,
  key: "signature",
  answerBy: null,
  fields: RINGING,
};

const PORT: AnswerTerms = { base: null, answerBy: null };

/** Answers with a call session that always has the same instruction. */
function answersOf(
  instruction: SessionInstruction,
  fallback: TwimlAnswersOptions["otherwise"] = { kind: "reject" },
) {
  const arrivals: { readonly callSid: string; readonly signature: string; readonly arrival: CallArrival }[] =
    [];
  const done: string[] = [];
  const errors: string[] = [];
  const instruct = (): Promise<SessionInstruction> => Promise.resolve(instruction);
  const sessions: Pick<CallSessions, keyof TwimlAnswersOptions["sessions"]> = {
    answerArrival(callSid, signature, arrival) {
      arrivals.push({ callSid, signature, arrival });
      return instruct();
    },
    answerWebhook: instruct,
    answerConnected: instruct,
    end: (callSid) => void done.push(`end ${callSid}`),
    failActiveStep: (callSid) => void done.push(`fail ${callSid}`),
  };
  const clock = clockWith({ now: () => 0 });
  const key = { secret: "0".repeat(64), oldAddressesUntil: null };
  const talkAddresses = createTalkAddresses({ key, lostAt: null, clock });
  const answers = createTwimlAnswers({
    sessions,
    address: { bases: () => [BASE], current: () => BASE },
    talkAddresses,
    otherwise: fallback,
    language: () => "en-US",
    clock,
    logger: { debug() {}, info() {}, warning() {}, error: (message) => void errors.push(message) },
  });
  return { answers, talkAddresses, arrivals, done, errors };
}

function stepOf(step: TalkStep): SessionInstruction {
  return { kind: "step", callSid: "CA1", stepId: "s1", step, attempt: 1, terms: TERMS, turn: 1 };
}

async function arrivalOf(fields: WebhookFields): Promise<CallArrival | undefined> {
  const { answers, arrivals } = answersOf(HANG_UP);
  await answers.answer("incoming_call", { fields, signature: "signature" }, PORT);
  return arrivals[0]?.arrival;
}

test("a webhook that is not about a call gets an empty answer, and creates no call session", async () => {
  const { answers, arrivals } = answersOf(HANG_UP);
  expect(await answers.answer("message", { fields: { MessageSid: "SM1" }, signature: "s" }, PORT)).toContain(
    "<Response/>",
  );
  expect(arrivals).toEqual([]);
});

test("webhooks about one ringing call that do not come to the fallback URL have the same key for its call session, and both parties' numbers", async () => {
  expect(await arrivalOf(RINGING)).toEqual({
    key: "ring",
    question: "ringing",
    isFallback: false,
    failedWebhook: null,
    answerBy: null,
    parties: { from: "+1", to: "+2" },
  });
  expect(await arrivalOf({ ...RINGING, ErrorCode: "0" })).toMatchObject({ key: "ring" });
});

test("a webhook to the fallback URL is marked as one, and its key for the call session is its signature", async () => {
  expect(
    await arrivalOf({ ...RINGING, ErrorCode: "11200", ErrorUrl: "https://else.example/" }),
  ).toMatchObject({ key: "signature", isFallback: true, failedWebhook: null });
});

test("the app recognizes by the failed URL which webhook of a step has failed", async () => {
  const { answers, talkAddresses, arrivals } = answersOf(HANG_UP);
  const url = talkAddresses.write(BASE, { call: "CA1", step: "s1", attempt: 2, terms: TERMS });
  const fields = { ...RINGING, ErrorCode: "11200", ErrorUrl: url };
  await answers.answer("incoming_call", { fields, signature: "signature" }, PORT);
  expect(arrivals[0]?.arrival).toMatchObject({
    isFallback: true,
    failedWebhook: { callSid: "CA1", stepId: "s1", attempt: 2, terms: TERMS, key: "signature" },
  });
});

test.each([
  ["a webhook", (from: ReturnType<typeof answersOf>) => from.answers.answer("incoming_call", ARRIVAL, PORT)],
  ["a question", (from: ReturnType<typeof answersOf>) => from.answers.answerQuestion(QUESTION, PORT)],
  [
    "an outgoing call",
    (from: ReturnType<typeof answersOf>) => from.answers.answerConnected("r", QUESTION, PORT),
  ],
])("the TwiML of a step answers %s, and leads the call back to the app", async (_title, ask) => {
  const twiml = await ask(answersOf(stepOf(SAY)));
  expect(twiml).toContain('<Say language="de-DE">The gate is open</Say>');
  expect(twiml).toContain(`>${BASE}/talk?s=`);
});

test("a call that no automation answers gets the TwiML that the option `otherwise` asks for", async () => {
  const nobody: SessionInstruction = { kind: "fallback", askedAs: "ringing" };
  const answerWith = (fallback: TwimlAnswersOptions["otherwise"]): Promise<string> =>
    answersOf(nobody, fallback).answers.answer("incoming_call", ARRIVAL, PORT);
  expect(await answerWith({ kind: "reject" })).toContain('<Reject reason="busy"/>');
  expect(await answerWith({ kind: "hang_up" })).toContain("<Hangup/>");
  expect(await answerWith({ kind: "say", text: "Nobody is home" })).toContain(
    '<Say language="en-US">Nobody is home</Say>',
  );
});

test("if a step has no valid TwiML, the step fails, and the caller hears a goodbye in the app's language", async () => {
  const input = { kind: "forward", to: "+1\u0000", ringSeconds: 30 } as const;
  const { answers, done, errors } = answersOf(stepOf({ ...SAY, input }));
  expect(await answers.answerQuestion(QUESTION, PORT)).toMatch(/<Say language="en-US">Sorry.*<Hangup\/>/);
  expect(done).toEqual(["fail CA1"]);
  expect(errors).toEqual([expect.not.stringContaining("The gate is open")]);
});

test("the goodbye on a call is in the language of its last step, or else in the app's language", async () => {
  const { answers, done } = answersOf(HANG_UP);
  expect(await answers.endCall("CA1", PORT, TERMS)).toContain("Auf Wiederhören");
  expect(await answers.endCall("CA2", PORT)).toContain("Goodbye");
  expect(done).toEqual(["end CA1", "end CA2"]);
});

test("a webhook that came through the relay is answered with URLs of the relay", async () => {
  const relay = { base: "https://relay-1234.twil.io", answerBy: 9_000 };
  const { answers, talkAddresses, arrivals } = answersOf(stepOf(SAY));
  const url = talkAddresses.write(relay.base, { call: "CA1", step: "s1", attempt: 1, terms: TERMS });
  const fields = { ...RINGING, ErrorCode: "11200", ErrorUrl: url };
  const twiml = await answers.answer("incoming_call", { fields, signature: "signature" }, relay);
  expect(twiml).toContain(">https://relay-1234.twil.io/talk?s=");
  expect(twiml).toContain("#rc=1&amp;rp=5xx,ct<");
  expect(arrivals[0]?.arrival).toMatchObject({ answerBy: 9_000, failedWebhook: { stepId: "s1" } });
});
