import { stringify } from "yaml";

import type { HistoryEntry } from "../../domain/events/history.ts";
import type { WebhookKind } from "../../domain/events/webhook.ts";
import type { ExamplesTexts } from "../../texts/en/examples.ts";

/** An automation, as Home Assistant's editor accepts it. */
export interface Automation {
  readonly alias: string;
  readonly mode: "queued" | "parallel";
  readonly triggers: readonly object[];
  readonly conditions?: readonly string[];
  readonly actions: readonly object[];
}

type Data = Readonly<Record<string, unknown>>;
type Texts = ExamplesTexts["yaml"];

/** Matches the beginning of a Home Assistant template. Texts from strangers must not run as templates. */
const TEMPLATE = /\{[{%#]/;

const DATA = "trigger.event.data";
const PARTNER = `{{ ${DATA}.contact or ${DATA}.From | default('') }}`;

/** The automation for an event, before the condition for the contact is added. */
interface Plan {
  readonly alias: string;
  /** The values that the trigger compares. Values that are undefined or look like a template are left out later. */
  readonly eventData: Readonly<Record<string, unknown>>;
  readonly conditions?: readonly string[];
  readonly title: string;
  readonly message: string;
}

/**
 * Makes an automation that runs at a similar event. If the event names a contact, the automation compares the contact's
 * name, because numbers change. It compares numbers only for events of the type `twilio_data_received`, so that other
 * events without a contact count for all people. It compares an entered digit only if the caller entered one key,
 * because several digits may be a PIN.
 */
export function automationFor(
  { type, kind, data, state }: Pick<HistoryEntry, "type" | "kind" | "data" | "state">,
  texts: Texts,
): Automation {
  const contact = textIn(data, "contact");
  const isReceived = type === "twilio_data_received";
  const plan = isReceived ? receivedPlan(data, kind, texts) : otherPlan(type, data, texts);
  const conditions = [...(plan.conditions ?? []), ...(contact === null ? [] : [isContact(contact)])];
  const eventData = Object.fromEntries(Object.entries(plan.eventData).filter(([, value]) => isPlain(value)));
  return {
    alias: plan.alias,
    mode: "queued",
    triggers: [
      {
        trigger: "event",
        event_type: isReceived && state === "missed" ? "twilio_data_missed" : type,
        ...(Object.keys(eventData).length === 0 ? {} : { event_data: eventData }),
      },
    ],
    ...(conditions.length === 0 ? {} : { conditions }),
    actions: [
      {
        action: "persistent_notification.create",
        data: { title: plan.title, message: plan.message },
      },
    ],
  };
}

function receivedPlan(data: Data, kind: WebhookKind | null, texts: Texts): Plan {
  const { From, To, CallStatus, Direction, Digits } = data;
  const contact = textIn(data, "contact");
  const who = contact ?? textIn(data, "From") ?? texts.somebody;
  const isOurs = typeof Direction === "string" && Direction.startsWith("outbound");
  // If the other party is a contact, a condition compares the contact's name, so the trigger does not compare the
  // number.
  const parties = isOurs
    ? { From, ...(contact === null ? { To } : {}) }
    : { ...(contact === null ? { From } : {}), To };
  if (kind === "incoming_call") {
    const eventData = { ...parties, CallStatus, Direction };
    return { alias: texts.call(who), eventData, title: texts.call(PARTNER), message: `{{ ${DATA}.To }}` };
  }
  if (kind === "message") {
    return {
      alias: texts.message(who),
      eventData: parties,
      conditions: [`{{ ${DATA}.Body is defined }}`],
      title: texts.message(PARTNER),
      message: `{{ ${DATA}.Body }}`,
    };
  }
  // In a webhook about a recording, `Digits` is no input. It is the key that ended the recording, or `hangup`.
  if (typeof Digits === "string" && data["RecordingUrl"] === undefined) {
    const isKey = /^[\d*#]$/.test(Digits);
    return {
      alias: texts.keys(who),
      eventData: { ...parties, Direction, ...(isKey ? { Digits } : {}) },
      conditions: isKey ? [] : [`{{ ${DATA}.Digits is defined }}`],
      title: texts.keys(PARTNER),
      message: isKey ? Digits : `{{ ${DATA}.Digits | length }}`,
    };
  }
  if (data["SpeechResult"] !== undefined) {
    return {
      alias: texts.speech(who),
      eventData: { ...parties, Direction },
      conditions: [`{{ ${DATA}.SpeechResult is defined }}`],
      title: texts.speech(PARTNER),
      message: `{{ ${DATA}.SpeechResult }}`,
    };
  }
  const message = `{{ ${DATA}.CallStatus | default('') }}`;
  return {
    alias: texts.other,
    eventData: { ...parties, CallStatus, Direction },
    title: texts.other,
    message,
  };
}

function otherPlan(type: string, data: Data, texts: Texts): Plan {
  const status = textIn(data, "status") ?? "";
  const error = `{{ ${DATA}.error.message if ${DATA}.error else ${DATA}.status }}`;
  switch (type) {
    case "twilio_message_status": {
      const title = texts.messageStatus(status);
      return {
        alias: title,
        eventData: { status },
        title,
        message: `{{ ${DATA}.contact or ${DATA}.to }}: ${error}`,
      };
    }
    case "twilio_call_status": {
      const title = texts.callStatus(status);
      const { direction } = data;
      const who = `{{ ${DATA}.contact or (${DATA}.from if ${DATA}.direction == 'inbound' else ${DATA}.to) }}`;
      return { alias: title, eventData: { status, direction }, title, message: `${who}: ${error}` };
    }
    case "twilio_recording":
      return { alias: texts.recording, eventData: {}, title: texts.recording, message: `{{ ${DATA}.url }}` };
    case "twilio_result": {
      const { command, ok } = data;
      const title = ok === true ? texts.succeeded : texts.failed;
      const message = `{{ ${DATA}.error.message if ${DATA}.error else ${DATA}.command }}`;
      return { alias: title, eventData: { command, ok }, title, message };
    }
    default:
      return { alias: type, eventData: {}, title: type, message: `{{ ${DATA} }}` };
  }
}

/** Writes a condition on the contact's name. JSON's escapes are valid in texts of Jinja, too. */
function isContact(name: string): string {
  return `{{ ${DATA}.contact == ${JSON.stringify(name)} }}`;
}

function isPlain(value: unknown): boolean {
  return typeof value === "boolean" || (typeof value === "string" && value !== "" && !TEMPLATE.test(value));
}

function textIn(data: Data, name: string): string | null {
  const value = data[name];
  return typeof value === "string" && value !== "" ? value : null;
}

/**
 * Writes YAML 1.1, the version that Home Assistant reads. Texts that it would misread, such as `on` and `12:30`, are
 * quoted.
 */
export function toYaml(value: object): string {
  return stringify(value, { version: "1.1", lineWidth: 0, defaultStringType: "PLAIN" }).trimEnd();
}
