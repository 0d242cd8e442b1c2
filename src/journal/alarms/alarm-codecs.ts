import * as z from "zod";

import type { AlarmTry } from "../../alarms/alarm-try.ts";
import { ALARM_CHANNELS } from "../../alarms/alarm.ts";
import type { Alarm, AlarmPerson, AlarmRevision, AlarmTaken, AlarmTerms } from "../../alarms/alarm.ts";
import { jsonCodec } from "../json-codec.ts";
import type { FieldsOf } from "../json-codec.ts";

const channel = z.enum(ALARM_CHANNELS);
const time = z.nullable(z.number());

const terms = z.object({
  order: z.enum(["one_by_one", "all_at_once"]),
  ringSeconds: z.number(),
  calls: z.number(),
  waitSeconds: z.number(),
  pauseSeconds: z.number(),
  rounds: z.nullable(z.number()),
  giveUpSeconds: z.number(),
  key: z.string(),
  passKey: z.string(),
  confirm: z.enum(["key", "pin", "twice"]),
  remindSeconds: z.number(),
  quietSeconds: z.number(),
  inform: z.enum(["none", "reached", "all"]),
  atEnd: z.array(z.enum(["sms", "push"])),
  language: z.string(),
  voice: z.nullable(z.string()),
  repeat: z.number(),
  test: z.boolean(),
} satisfies FieldsOf<AlarmTerms>);

const person = z.object({
  position: z.number(),
  name: z.string(),
  contact: z.nullable(z.string()),
  channels: z.array(channel),
  number: z.string(),
  sender: z.nullable(z.string()),
  push: z.nullable(z.string()),
  pin: z.nullable(z.string()),
  code: z.string(),
  pushToken: z.string(),
  wrongCodes: z.number(),
  wasSentCode: z.boolean(),
  knowsOwner: z.boolean(),
} satisfies FieldsOf<AlarmPerson>);

const revision = z.object({
  revision: z.number(),
  message: z.string(),
  at: z.number(),
  fromRound: z.number(),
} satisfies FieldsOf<AlarmRevision>);

const taken = z.object({
  person: z.nullable(z.number()),
  name: z.string(),
  channel: z.nullable(channel),
  how: z.enum(["key", "reply", "button", "push", "incoming_call", "action"]),
  at: z.number(),
  confirmedAt: z.number(),
} satisfies FieldsOf<AlarmTaken>);

/** Reads and writes the column `alarms.data`. */
export const alarmCodec = jsonCodec<Alarm>(
  "alarms.data",
  z.object({
    id: z.string(),
    name: z.string(),
    state: z.enum(["open", "taken", "closed", "unanswered", "stopped", "blocked"]),
    terms,
    people: z.array(person),
    revisions: z.array(revision),
    firstPerson: z.number(),
    startedAt: z.number(),
    giveUpAt: z.number(),
    isExtended: z.boolean(),
    pauseEndsBy: time,
    limitedRound: z.nullable(z.number()),
    taken: z.nullable(taken),
    repeatedAt: time,
    endedAt: time,
    repliesUntil: z.number(),
  } satisfies FieldsOf<Alarm>),
);

/** Reads and writes the column `alarm_tries.data`. */
export const alarmTryCodec = jsonCodec<AlarmTry>(
  "alarm_tries.data",
  z.object({
    number: z.number(),
    reference: z.string(),
    person: z.number(),
    round: z.number(),
    revision: z.number(),
    channel,
    purpose: z.enum(["ask", "remind", "repeat", "inform", "code", "end", "incoming"]),
    at: z.number(),
    sid: z.nullable(z.string()),
    acceptedAt: time,
    ringingAt: time,
    answeredAt: time,
    endedAt: time,
    outcome: z.nullable(
      z.enum([
        "delivered",
        "answered",
        "rang_out",
        "busy",
        "canceled",
        "failed",
        "doubtful",
        "not_asked",
        "held_back",
        "no_news",
      ]),
    ),
    passedAt: time,
    // Journals of earlier versions lack this field.
    wrongPins: z.number().default(0),
    error: z.nullable(z.object({ code: z.string(), message: z.string() })),
  } satisfies FieldsOf<AlarmTry>),
);
