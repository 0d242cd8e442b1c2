import { createAlarmHistory } from "../alarms/alarm-history.ts";
import type { AlarmHistory } from "../alarms/alarm-history.ts";
import type { CrashKind } from "../machine/simulated-disk.ts";

type Data = Readonly<Record<string, unknown>>;

/** The subject of a webhook of Twilio. */
export type WebhookKind = "message" | "incoming call" | "message status" | "call status";

/** A webhook that Twilio sent, perhaps several times. */
export interface SentWebhook {
  readonly kind: WebhookKind;
  readonly sid: string;
  /** The reported status, or null if the webhook is not about a status. */
  readonly status: string | null;
  /** When Twilio first sent it, in milliseconds of the run. */
  readonly sentAt: number;
  /** When the app first answered the webhook with success, in milliseconds of the run. Null if it never did. */
  acceptedAt: number | null;
}

/** A webhook at the app's port or through the relay, with its time in milliseconds of the run. */
export interface ArrivedNote {
  readonly at: number;
  /** How long after the end of the relay's wait it came. It is negative if it came in time, or at the port. */
  readonly overdueMs: number;
}

/** A message or call that came to the account's number. */
export interface ReceivedItem {
  readonly kind: "message" | "incoming call";
  readonly sid: string;
  /** The time at which it came, in milliseconds of the run. */
  readonly at: number;
  /** The time from which Twilio's lists show it, in milliseconds of the run. */
  readonly listedAt: number;
  /** The webhooks or notes about it that reached the app. */
  readonly notes: ArrivedNote[];
}

/** A message or call that Twilio made because the app asked for it. */
export interface SentItem {
  readonly kind: "message" | "call";
  readonly sid: string;
  readonly to: string;
  /** The request that its text names, such as `r3`. */
  readonly requestId: string;
  /** When Twilio acted, in milliseconds of the run. */
  readonly at: number;
}

/** A request of an automation. */
export interface AskedRequest {
  readonly id: string;
  readonly command: "send_message" | "make_call" | "talk";
  readonly to: readonly string[];
  /** Whether Twilio cannot distinguish it from other requests. */
  readonly isShared: boolean;
  /** Whether it was sent after all faults, so that the app must answer it. */
  readonly isProbe: boolean;
  /** When the automation gives up, in milliseconds of the run. */
  readonly givesUpAt: number;
  /** When the request reached a life of the app, and which life. Nothing may be sent after the latest deadline. */
  readonly receptions: { readonly at: number; readonly life: number; readonly deadline: number }[];
  /** When it ended for the automation: with a result, or because the automation gave up. */
  endedAt: number | null;
}

/** An event of the app that Home Assistant has put on its bus. */
export interface FiredEvent {
  readonly type: string;
  readonly data: Data;
  /** When the app sent it, in milliseconds of the run. */
  readonly sentAt: number;
  readonly at: number;
  /** The time of the app's clock then. */
  readonly wall: number;
}

/** An event that Home Assistant refused. */
export interface RefusedEvent {
  readonly type: string;
  readonly data: Data;
  /** When Home Assistant refused it, in milliseconds of the run. */
  readonly at: number;
  /** When the app learnt of the refusal, in milliseconds of the run. Null if it never did. */
  knownAt: number | null;
}

/** How a life ended, or null while it runs. */
export type LifeEnd = CrashKind | "stopped" | null;

export interface LifeRecord {
  readonly number: number;
  readonly startedAt: number;
  endedAt: number | null;
  how: LifeEnd;
}

/** A text that Twilio said on a call. */
export interface SaidText {
  readonly callSid: string;
  readonly text: string;
  readonly at: number;
}

/** The history of a run, as observed outside the app. */
export interface History {
  readonly received: ReceivedItem[];
  readonly webhooks: SentWebhook[];
  readonly sent: SentItem[];
  readonly asked: AskedRequest[];
  readonly fired: FiredEvent[];
  readonly refused: RefusedEvent[];
  readonly lives: LifeRecord[];
  readonly saidTexts: SaidText[];
  /** The time at which a call was over, in milliseconds of the run. */
  readonly endedCalls: { readonly callSid: string; readonly at: number }[];
  /** Calls for which the relay spoke its own sentence, because the app gave no answer. */
  readonly awayCalls: string[];
  /**
   * The app's requests to Twilio that send something: when they were made, and for which request of an automation.
   */
  readonly posts: { readonly requestId: string; readonly at: number }[];
  /** Since when the first life with polling polls messages, in milliseconds of the run. Null if none does. */
  pollingSince: number | null;
  /** Spans in which the app's disk was full, or its clock was set. */
  readonly fullDisk: { readonly from: number; to: number }[];
  readonly clockChanges: { readonly at: number; readonly ms: number }[];
  readonly alarms: AlarmHistory;
  /** Faults that were found during the run. */
  readonly faults: string[];
}

/** An empty history. */
export function createHistory(): History {
  return {
    received: [],
    webhooks: [],
    sent: [],
    asked: [],
    fired: [],
    refused: [],
    lives: [],
    saidTexts: [],
    endedCalls: [],
    awayCalls: [],
    posts: [],
    pollingSince: null,
    fullDisk: [],
    clockChanges: [],
    alarms: createAlarmHistory(),
    faults: [],
  };
}
