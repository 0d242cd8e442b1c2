import type { CrashKind } from "../machine/simulated-disk.ts";

type Data = Readonly<Record<string, unknown>>;

/** What Twilio tells the app of. */
export type ToldKind = "message" | "incoming call" | "message status" | "call status";

/** A webhook that Twilio sent, however often, and the last answer. */
export interface ToldWebhook {
  readonly kind: ToldKind;
  readonly sid: string;
  /** Of a status webhook. */
  readonly status: string | null;
  /** When the app first answered it with success, in milliseconds of the run; null for never. */
  acceptedAt: number | null;
}

/** What Twilio did because the app asked for it. */
export interface SentItem {
  readonly kind: "message" | "call";
  readonly sid: string;
  readonly to: string;
  /** The request that stands in its text, such as `r3`. */
  readonly requestId: string;
  /** When Twilio acted, in milliseconds of the run. */
  readonly at: number;
}

/** A request of an automation. */
export interface AskedRequest {
  readonly id: string;
  readonly command: "send_message" | "make_call" | "talk";
  readonly to: readonly string[];
  /** Cannot be told from others by what Twilio gets. */
  readonly isShared: boolean;
  /** Asked after all faults: the app has to hear it. */
  readonly isProbe: boolean;
  /** When the automation gives up, in milliseconds of the run. */
  readonly givesUpAt: number;
  /** When a life of the app heard it, and which; nothing may be sent after the latest of the deadlines. */
  readonly heard: { readonly at: number; readonly life: number; readonly deadline: number }[];
  /** When the automation was told that it is over: by a result, or because it gave up. */
  toldAt: number | null;
}

/** An event of the app that Home Assistant has put on its bus. */
export interface FiredEvent {
  readonly type: string;
  readonly data: Data;
  readonly at: number;
  /** The app's clock then. */
  readonly wall: number;
}

/** How a life ended; null while it goes on. */
export type LifeEnd = CrashKind | "stopped" | null;

export interface LifeRecord {
  readonly number: number;
  readonly startedAt: number;
  endedAt: number | null;
  how: LifeEnd;
}

/** A step that Twilio said to a caller. */
export interface HeardText {
  readonly callSid: string;
  readonly text: string;
  readonly at: number;
}

/** What happened in a run, seen from outside of the app. */
export interface History {
  readonly webhooks: ToldWebhook[];
  readonly sent: SentItem[];
  readonly asked: AskedRequest[];
  readonly fired: FiredEvent[];
  /** Events that Home Assistant would not take: for the app that is final. */
  readonly refused: { readonly type: string; readonly data: Data }[];
  readonly lives: LifeRecord[];
  readonly heardTexts: HeardText[];
  /** Requests to Twilio to send something: when the app made them, and for which request. */
  readonly posts: { readonly requestId: string; readonly at: number }[];
  /** Spans in which the app's disk was full, or its clock was set. */
  readonly fullDisk: { readonly from: number; to: number }[];
  readonly clockChanges: { readonly at: number; readonly ms: number }[];
  /** Faults that were seen at once. */
  readonly faults: string[];
}

export function createHistory(): History {
  return {
    webhooks: [],
    sent: [],
    asked: [],
    fired: [],
    refused: [],
    lives: [],
    heardTexts: [],
    posts: [],
    fullDisk: [],
    clockChanges: [],
    faults: [],
  };
}
