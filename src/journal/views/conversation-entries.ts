import type { Clock } from "../../domain/clock.ts";
import { incomingOutcome, outgoingOutcome } from "../../domain/events/call-story.ts";
import type { CallTurn } from "../../domain/events/call-story.ts";
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
import { statusCodec } from "../outbound/status-codec.ts";
import { readableOr } from "../readable-rows.ts";
import { answerTurns, createCallParts, spokenTurn } from "./call-parts.ts";

/** The most files that a message at Twilio can have. */
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
  outcome: null,
  turns: [],
  recordings: [],
  phone: null,
  origin: null,
} as const;

/** Reads one message or call from all tables that have parts of it. */
export function createConversationEntries(journal: JournalDatabase, clock: Pick<Clock, "now">) {
  const event = journal.prepare("SELECT kind, data, sid FROM events WHERE seq = ?");
  const delivery = journal.prepare(
    `SELECT sends.*, commands.origin FROM sends JOIN commands ON commands.seq = command_seq
     WHERE command_seq = ? AND position = ?`,
  );
  const status = journal.prepare("SELECT status FROM latest_statuses WHERE sid = ?");
  const partsOf = createCallParts(journal);

  function latestOf(sid: string | null): DeliveryStatus | null {
    const row = sid === null ? undefined : status.get(sid);
    return row === undefined ? null : readableOr(() => statusCodec.decode(row["status"]), null);
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
    const { steps, isAnsweredByAlarm, turns, recordings, hasEnded } = partsOf(sid);
    const hasRecording = recordings.length > 0;
    return {
      ...common,
      kind: "call",
      status: latest?.status ?? null,
      error: latest?.error ?? null,
      duration: latest?.duration ?? null,
      outcome: incomingOutcome({
        steps,
        isAnsweredByAlarm,
        turns,
        hasRecording,
        latest,
        hasEnded,
        ageMs: clock.now() - key.at,
      }),
      turns,
      recordings,
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
    const common = {
      ...NOTHING,
      ...outcomeOf(latest, result, accepted),
      key,
      isOutbound: true,
      ours: request.from,
      sid,
      segments: result?.segments ?? accepted?.segments ?? null,
      origin: String(row["origin"]),
    };
    if (request.command === "send_message")
      return {
        ...common,
        kind: "message",
        address: request.to,
        text: request.body,
        sources: request.mediaUrls,
        template: request.content?.sid ?? null,
      };
    const { turns, recordings } = partsOf(sid);
    const input = gatheredInputCodec.decodeOrNull(row["entry"])?.answer ?? result ?? {};
    const connected = connectedIn(request);
    return {
      ...common,
      kind: "call",
      address: connected ?? request.to,
      phone: connected === null ? null : request.to,
      text: spokenIn(request),
      outcome: outgoingOutcome({ ...common, isConnecting: connected !== null }),
      turns: [...firstTurns(request), ...answerTurns({ ...input }), ...turns],
      recordings,
    };
  }

  return {
    /** Reads an entry. Null if it does not exist, or if this version cannot read it. */
    entryOf: (key: EntryKey) => readableOr(() => (key.source === 0 ? ofEvent(key) : ofDelivery(key)), null),
  };
}

/**
 * Chooses the status that the panel shows. If a status callback arrived after the delivery's result was stored, the
 * status of the callback is newer.
 */
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

type Call = Extract<MessageOrCall, { readonly command: "make_call" }>;

function spokenIn({ instructions }: Call): string {
  if ("scripted" in instructions) return instructions.scripted.say;
  return "say" in instructions ? instructions.say : "";
}

function connectedIn({ instructions }: Call): string | null {
  return "connect" in instructions ? instructions.connect : null;
}

function firstTurns({ instructions }: Call): CallTurn[] {
  return "opening" in instructions ? spokenTurn(instructions.opening.step) : [];
}

function filesIn(data: Readonly<Record<string, unknown>>): EntryFile[] {
  return Array.from({ length: MOST_FILES }, (_, number) => number).flatMap((number) => {
    const url = data[`MediaUrl${number}`];
    if (typeof url !== "string") return [];
    return [{ number, type: textOrNull(data[`MediaContentType${number}`]) ?? "", id: fileId(url) }];
  });
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
