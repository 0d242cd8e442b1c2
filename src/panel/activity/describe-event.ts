import { webAddress } from "../../domain/address/web-address.ts";
import { errorText } from "../../domain/error-text.ts";
import type { HistoryEntry } from "../../domain/events/history.ts";
import { isFinalCallStatus } from "../../domain/events/webhook.ts";
import type { WebhookKind } from "../../domain/events/webhook.ts";
import { withCode } from "../../domain/reported-error.ts";
import type { ActivityTexts } from "../../texts/en/activity.ts";
import type { ErrorTexts } from "../../texts/en/errors.ts";

/** A description names at most this many recipients and errors. It only counts the other recipients. */
const MOST_NAMES = 5;

export interface DescribedError {
  readonly text: string;
  /** Whether the text is an English original of Twilio or the app, because no translation exists. */
  readonly isOriginal: boolean;
  /** The URL of Twilio's page about the error; null if Twilio has no such page. */
  readonly moreInfo: string | null;
}

/** An event in one sentence, with its errors. Contains no message text. */
export interface Description {
  readonly sentence: string;
  readonly errors: readonly DescribedError[];
}

type ContactOf = (address: string) => string | null;
type Data = Readonly<Record<string, unknown>>;

/**
 * Describes an event of the history in the page's language.
 *
 * @param contactOf finds the contact's name for a number or channel address; if it returns null, the number is shown
 * @param errorTexts the sentences about errors, in the same language
 */
export function describeEvent(
  { type, kind, data }: Pick<HistoryEntry, "type" | "kind" | "data">,
  texts: ActivityTexts["history"],
  contactOf: ContactOf,
  errorTexts: ErrorTexts,
): Description {
  switch (type) {
    case "twilio_data_received":
      return { sentence: received(data, kind ?? "other"), errors: [] };
    case "twilio_message_status":
      return {
        sentence: texts.messageStatus(partner(data, "to"), statusOf(data)),
        errors: errorsIn(data, errorTexts),
      };
    case "twilio_call_status": {
      const seconds = typeof data["duration"] === "number" ? data["duration"] : null;
      const who = partner(data, data["direction"] === "inbound" ? "from" : "to");
      return { sentence: texts.callStatus(who, statusOf(data), seconds), errors: errorsIn(data, errorTexts) };
    }
    case "twilio_recording":
      return { sentence: texts.recording(partner(data, "from")), errors: [] };
    case "twilio_result":
      return { sentence: result(data), errors: resultErrors(data, errorTexts) };
    case "twilio_alarm": {
      const sentence = texts.alarms[textIn(data, "state") ?? ""];
      const who = nameOf(textIn(data, "person"), null);
      return { sentence: sentence?.(who) ?? `${type}.`, errors: [] };
    }
    default:
      return { sentence: `${type}.`, errors: [] };
  }

  function received(fields: Data, webhook: WebhookKind): string {
    const isOurs = textIn(fields, "Direction")?.startsWith("outbound") === true;
    const who = nameOf(textIn(fields, isOurs ? "To" : "From"), textIn(fields, "contact"));
    // In a webhook about a recording, `Digits` is no input. It is the key that ended the recording, or `hangup`.
    const hasKeys = textIn(fields, "Digits") !== null && textIn(fields, "RecordingUrl") === null;
    if (webhook === "call" && hasKeys) return texts.pressedKeys(who);
    if (webhook === "call" && textIn(fields, "SpeechResult") !== null) return texts.said(who);
    const isOver = webhook === "call" && isFinalCallStatus(textIn(fields, "CallStatus") ?? undefined);
    const sentence = texts.received[isOver ? "call_status" : webhook](who);
    const { source } = fields;
    if (source === "backfill") return `${sentence} ${texts.fetched}`;
    return source === "poll" ? `${sentence} ${texts.polled}` : sentence;
  }

  function result(answer: Data): string {
    const { command, ok } = answer;
    if (command === "talk") return ok === true ? texts.talked : texts.notTalked;
    if (command === "alarm") return ok === true ? texts.alarmRequest : texts.noAlarmRequest;
    const recipients = recipientsIn(answer);
    if (recipients.length === 0) return texts.requestRefused;
    const failed = recipients.filter(({ error }) => error !== null && error !== undefined);
    const who = names(failed.length === 0 ? recipients : failed);
    const isUnknown = failed.length > 0 && failed.every(({ error }) => codeOf(error) === "unknown_outcome");
    if (isUnknown) return command === "make_call" ? texts.maybeCalled(who) : texts.maybeSent(who);
    if (command === "make_call") return failed.length === 0 ? texts.called(who) : texts.notCalled(who);
    return failed.length === 0 ? texts.sent(who) : texts.notSent(who);
  }

  function names(recipients: readonly Data[]): string {
    const named = recipients.slice(0, MOST_NAMES).map((one) => nameOf(textIn(one, "to"), null));
    const others = recipients.length - named.length;
    return [...named, ...(others > 0 ? [texts.andOthers(others)] : [])].join(", ");
  }

  function partner(fields: Data, side: "from" | "to"): string {
    return nameOf(textIn(fields, side), textIn(fields, "contact"));
  }

  function nameOf(address: string | null, contact: string | null): string {
    if (contact !== null) return contact;
    if (address === null || address === "") return texts.somebody;
    return contactOf(address) ?? address;
  }

  function statusOf(fields: Data): string {
    const status = textIn(fields, "status") ?? "?";
    return texts.statuses[status] ?? status;
  }
}

/** Lists the first `MOST_NAMES` different errors in the data of a `twilio_result`. */
function resultErrors(answer: Data, texts: ErrorTexts): DescribedError[] {
  const all = [answer, ...recipientsIn(answer)].flatMap((one) => errorsIn(one, texts));
  return [...new Map(all.map((error) => [error.text, error])).values()].slice(0, MOST_NAMES);
}

function errorsIn({ error }: Data, texts: ErrorTexts): DescribedError[] {
  if (typeof error !== "object" || error === null) return [];
  const { code, message, more_info: moreInfo } = error as Data;
  if (typeof code !== "string" || typeof message !== "string") return [];
  const words = errorText({ code, message }, texts);
  const text = withCode({ code, message: words, more_info: null });
  return [{ text, isOriginal: words === message, moreInfo: webAddress(moreInfo) }];
}

function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null ? (error as Data)["code"] : null;
}

function recipientsIn({ recipients }: Data): readonly Data[] {
  return Array.isArray(recipients) ? (recipients as readonly Data[]) : [];
}

function textIn(data: Data, name: string): string | null {
  const value = data[name];
  return typeof value === "string" ? value : null;
}
