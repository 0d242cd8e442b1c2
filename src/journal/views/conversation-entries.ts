import { fileId } from "../../domain/events/conversation.ts";
import type { ConversationEntry, EntryFile, EntryKey } from "../../domain/events/conversation.ts";
import type { DeliveryStatus } from "../../domain/events/delivery-status.ts";
import { isFailedStatus } from "../../domain/events/status-order.ts";
import type { AcceptedDelivery, MessageOrCall } from "../../outbound/delivery/message-or-call.ts";
import type { RecipientResult } from "../../outbound/delivery/result.ts";
import { gatheredInputCodec } from "../calls/step-codecs.ts";
import type { JournalDatabase } from "../database/open.ts";
import { eventCodec } from "../inbound/event-codec.ts";
import {
  acceptedDeliveryCodec,
  recipientResultCodec,
  messageOrCallCodec,
} from "../outbound/delivery-codecs.ts";
import { commandResultCodec } from "../outbound/result-codec.ts";
import { statusCodec } from "../outbound/status-codec.ts";

/** A message at Twilio has at most ten files. */
const MOST_FILES = 10;

const NOTHING = {
  ours: null,
  text: "",
  files: [],
  sources: [],
  template: null,
  sid: null,
  status: null,
  error: null,
  hasFailed: false,
  duration: null,
  answeredBy: null,
  segments: null,
  entered: [],
  recordings: [],
  origin: null,
} as const;

/** Reads one message or call from all tables that have its parts. */
export function createConversationEntries(journal: JournalDatabase) {
  const event = journal.prepare("SELECT kind, data, sid FROM events WHERE seq = ?");
  const delivery = journal.prepare(
    `SELECT sends.*, commands.origin FROM sends JOIN commands ON commands.seq = command_seq
     WHERE command_seq = ? AND position = ?`,
  );
  const status = journal.prepare("SELECT status FROM latest_statuses WHERE sid = ?");
  const steps = journal.prepare(
    `SELECT commands.result FROM talk_steps JOIN commands ON commands.seq = command_seq
     WHERE call_sid = ? ORDER BY command_seq`,
  );
  const recordings = journal.prepare(
    "SELECT seq, data ->> '$.duration' AS duration, data ->> '$.url' AS url FROM events WHERE sid = ? AND kind = 'recording' ORDER BY seq",
  );

  function latestOf(sid: string | null): DeliveryStatus | null {
    const row = sid === null ? undefined : status.get(sid);
    return row === undefined ? null : statusCodec.decode(row["status"]);
  }

  /** The gathered inputs and the recordings of a call. Inputs may be secret, so only their lengths are shown. */
  function onCall(sid: string | null, firstInput?: string) {
    if (sid === null) return { entered: [], recordings: [] };
    const later = steps.all(sid).map((row) => commandResultCodec.decodeOrNull(row["result"])?.["input"]);
    return {
      entered: [firstInput, ...later].map(lengthOf).filter((length) => length > 0),
      recordings: recordings.all(sid).map((row) => ({
        event: Number(row["seq"]),
        duration: row["duration"] === null ? null : Number(row["duration"]),
        id: fileId(String(row["url"])),
      })),
    };
  }

  function ofEvent(key: EntryKey): ConversationEntry | null {
    const row = event.get(key.ref);
    if (row === undefined) return null;
    const data = eventCodec.decode(row["data"]);
    const sid = textOrNull(row["sid"]) ?? textOrNull(data["MessageSid"]) ?? textOrNull(data["CallSid"]);
    const parties = { address: textOrNull(data["From"]) ?? "", ours: textOrNull(data["To"]), sid };
    const common = { ...NOTHING, ...parties, key, isOutbound: false };
    if (row["kind"] === "message")
      return { ...common, kind: "message", text: textOrNull(data["Body"]) ?? "", files: filesIn(data) };
    const latest = latestOf(sid);
    return {
      ...common,
      kind: "call",
      status: latest?.status ?? null,
      error: latest?.error ?? null,
      duration: latest?.duration ?? null,
      ...onCall(sid),
    };
  }

  function ofDelivery(key: EntryKey): ConversationEntry | null {
    const row = delivery.get(key.ref, key.position);
    const request = messageOrCallCodec.decodeOrNull(row?.["request"]);
    if (row === undefined || request === null) return null;
    const result = recipientResultCodec.decodeOrNull(row["result"]);
    const accepted = acceptedDeliveryCodec.decodeOrNull(row["accepted"]);
    const sid = textOrNull(row["sid"]) ?? result?.sid ?? null;
    const latest = latestOf(sid);
    const isMessage = request.command === "send_message";
    const progress = outcomeOf(latest, result, accepted);
    return {
      ...NOTHING,
      ...progress,
      key,
      kind: isMessage ? "message" : "call",
      isOutbound: true,
      address: request.to,
      ours: request.from,
      text: isMessage ? request.body : spokenIn(request),
      sources: isMessage ? request.mediaUrls : [],
      template: isMessage ? (request.content?.sid ?? null) : null,
      sid,
      segments: result?.segments ?? accepted?.segments ?? null,
      origin: String(row["origin"]),
      ...(isMessage
        ? {}
        : onCall(sid, gatheredInputCodec.decodeOrNull(row["entry"])?.answer.input ?? result?.input)),
    };
  }

  return { entryOf: (key: EntryKey) => (key.source === 0 ? ofEvent(key) : ofDelivery(key)) };
}

/** A status callback may arrive after the delivery's result was stored. Then the callback's status is shown. */
function outcomeOf(
  latest: DeliveryStatus | null,
  result: RecipientResult | null,
  accepted: AcceptedDelivery | null,
): Pick<ConversationEntry, "status" | "error" | "hasFailed" | "duration" | "answeredBy"> {
  const status = latest?.status ?? result?.status ?? accepted?.status ?? null;
  const isNewer = latest !== null && latest.status !== result?.status;
  const wasCorrected = isFailedStatus(result?.status ?? "") && !isFailedStatus(latest?.status ?? "");
  const hasRecovered = isNewer && (wasCorrected || result?.error?.code === "timeout");
  const error = latest?.error ?? (hasRecovered ? null : (result?.error ?? null));
  const isPending = error?.code === "timeout" && status !== null;
  return {
    status,
    error,
    hasFailed: (status !== null && isFailedStatus(status)) || (error !== null && !isPending),
    duration: latest?.duration ?? result?.duration ?? null,
    answeredBy: latest?.answeredBy ?? result?.answered_by ?? null,
  };
}

function spokenIn(request: Extract<MessageOrCall, { readonly command: "make_call" }>): string {
  const { instructions } = request;
  if ("scripted" in instructions) return instructions.scripted.say;
  return "say" in instructions ? instructions.say : "";
}

function filesIn(data: Readonly<Record<string, unknown>>): EntryFile[] {
  return Array.from({ length: MOST_FILES }, (_, number) => number).flatMap((number) => {
    const url = data[`MediaUrl${number}`];
    if (typeof url !== "string") return [];
    return [{ number, type: textOrNull(data[`MediaContentType${number}`]) ?? "", id: fileId(url) }];
  });
}

function lengthOf(entered: unknown): number {
  return typeof entered === "string" ? entered.length : 0;
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
