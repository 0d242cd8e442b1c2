import type { AlarmName } from "./alarm-people.ts";

/** An alarm that an automation starts. Times are in milliseconds of the run. */
export interface AlarmStart {
  readonly requestId: string;
  readonly name: AlarmName;
  readonly payload: AlarmPayload;
  readonly at: number;
  /** The data of its `twilio_result`; null until it comes. */
  result: Readonly<Record<string, unknown>> | null;
}

/** The payload of `script.twilio_alarm`, with all fields that the checks need. */
export interface AlarmPayload {
  readonly alarm: AlarmName;
  readonly message: string;
  readonly people: readonly string[];
  readonly channels: readonly ("call" | "sms" | "push")[];
  readonly order: "one_by_one" | "all_at_once";
  readonly ring_seconds: number;
  readonly calls: number;
  readonly wait_seconds: number;
  readonly pause_seconds: number;
  readonly rounds?: number | undefined;
  readonly give_up_after: number;
  readonly quiet_seconds: number;
  readonly remind_seconds: number;
  readonly confirm: "key" | "twice";
  readonly inform: "none" | "reached" | "all";
  readonly at_end: readonly ("sms" | "push")[];
}

/** A call or text of an alarm at Twilio. */
export interface AlarmItem {
  readonly kind: "call" | "message";
  readonly name: AlarmName;
  readonly sid: string;
  readonly to: string;
  readonly at: number;
  /** The text of a message, or the TwiML of a call. */
  readonly body: string;
  /** The secret reference of the try; null if the app knows no public address. */
  readonly reference: string | null;
}

/** Anything that the app or Twilio does for an alarm, so that the alarm is not silent then. */
export interface AlarmActivity {
  readonly name: AlarmName;
  readonly at: number;
  readonly what: "asks for a call" | "asks for a text" | "call" | "message" | "push" | "status";
  /** The number of the person. */
  readonly to: string;
}

/** The act of a person who takes an alarm, or passes it on. */
export interface PersonAct {
  readonly person: string;
  readonly how: "key" | "reply" | "push" | "pass";
  readonly at: number;
}

/** A call of an alarm while Twilio has it. */
export interface AlarmCallStatus {
  readonly sid: string;
  readonly status: string;
  readonly at: number;
}

export interface AlarmHistory {
  readonly starts: AlarmStart[];
  /** Automations that take or stop an alarm. */
  readonly requests: { readonly name: AlarmName; readonly do: "take" | "stop"; readonly at: number }[];
  readonly items: AlarmItem[];
  readonly activity: AlarmActivity[];
  readonly acts: PersonAct[];
  readonly statuses: AlarmCallStatus[];
  /** Calls of people who call back. */
  readonly callBacks: { readonly person: string; readonly at: number }[];
}

/** An empty history. */
export function createAlarmHistory(): AlarmHistory {
  return { starts: [], requests: [], items: [], activity: [], acts: [], statuses: [], callBacks: [] };
}
