import { oneLine } from "../domain/text/one-line.ts";
import type { Command } from "../outbound/delivery/command.ts";
import type { MessageOrCall } from "../outbound/delivery/message-or-call.ts";
import { alarmTexts, withDrill } from "./alarm-texts.ts";
import type { AlarmTry } from "./alarm-try.ts";
import { presentRevision } from "./alarm.ts";
import type { Alarm, AlarmPerson } from "./alarm.ts";
import { askOnCall } from "./call-texts.ts";

/** If Twilio has not accepted a try (one call or text) after this time, in milliseconds, the app stops sending it. */
const ASK_TWILIO_MS = 20_000;

/** The `request_id` of each try (call or text of an alarm) begins with this text. Automations cannot use such IDs. */
export const ALARM_REQUESTS = "alarm:";

/**
 * Makes the `request_id` of an alarm's call or text. `number`: the number of this call or text within the alarm, from
 * 1.
 */
export function tryRequestId(alarmId: string, number: number): string {
  return `${ALARM_REQUESTS}${alarmId}:${number}`;
}

/** The ID of the alarm whose call or text has this `request_id`. Null if the request belongs to no alarm. */
export function alarmOfRequest(requestId: string): string | null {
  if (!requestId.startsWith(ALARM_REQUESTS)) return null;
  const rest = requestId.slice(ALARM_REQUESTS.length);
  return rest.slice(0, rest.lastIndexOf(":"));
}

/**
 * Makes the command with which the app sends a try (one call or text) to Twilio. Null if it sends nothing to Twilio,
 * for example for a push.
 *
 * @param template the content template for WhatsApp; null for free text
 */
export function tryCommand(alarm: Alarm, made: AlarmTry, template: string | null): Command | null {
  const person = alarm.people.find(({ position }) => position === made.person);
  if (person === undefined || made.outcome !== null || made.purpose === "incoming") return null;
  const request = requestOf(alarm, person, made, template);
  if (request === null) return null;
  const requestId = tryRequestId(alarm.id, made.number);
  return {
    requestId,
    command: request.command,
    origin: "alarm",
    fingerprint: requestId,
    waitFor: request.command === "make_call" ? "queued" : "accepted",
    priority: "alarm",
    receivedAt: made.at,
    deadline: made.at + ASK_TWILIO_MS,
    deliveries: [
      {
        position: 0,
        request,
        state: "waiting",
        result: null,
        reference: made.reference,
        postedAt: null,
        accepted: null,
      },
    ],
  };
}

function requestOf(
  alarm: Alarm,
  person: AlarmPerson,
  made: AlarmTry,
  template: string | null,
): MessageOrCall | null {
  switch (made.channel) {
    case "call":
      return {
        command: "make_call",
        to: person.number,
        from: callSender(person.sender),
        instructions: { scripted: askOnCall(alarm, person, made) },
        ringSeconds: alarm.terms.ringSeconds,
      };
    case "sms":
      return messageTo(person.number, person.sender, writtenText(alarm, person, made));
    case "whatsapp": {
      const text = writtenText(alarm, person, made);
      const message = messageTo(`whatsapp:${person.number}`, whatsappSender(person.sender), text);
      if (template === null) return message;
      // WhatsApp refuses a template whose variables have line breaks, tabs or several blanks in a row.
      const variables = JSON.stringify({
        1: oneLine(alarm.name),
        2: oneLine(withDrill(alarm, messageOf(alarm))),
        3: person.code,
      });
      const isQuestion = made.purpose === "ask" || made.purpose === "remind";
      return isQuestion ? { ...message, body: "", content: { sid: template, variables } } : message;
    }
    case "push":
      return null;
  }
}

/**
 * The sender of calls for the option `default_sender`. Null if the app must find the number: Twilio cannot call from a
 * Messaging Service or an alphanumeric sender, but only from a number.
 */
export function callSender(sender: string | null): string | null {
  return sender?.startsWith("+") === true ? sender : null;
}

type TextRequest = Extract<MessageOrCall, { readonly command: "send_message" }>;

function messageTo(to: string, from: string | null, body: string): TextRequest {
  return { command: "send_message", to, from, body, mediaUrls: [] };
}

function whatsappSender(sender: string | null): string | null {
  return sender?.startsWith("+") === true ? `whatsapp:${sender}` : sender;
}

function messageOf(alarm: Alarm): string {
  return presentRevision(alarm).message;
}

/** The text for a person in a text message or push of an alarm. */
export function writtenText(
  alarm: Alarm,
  person: AlarmPerson,
  made: Pick<AlarmTry, "channel" | "purpose">,
): string {
  const { written } = alarmTexts(alarm.terms.language);
  const isPush = made.channel === "push";
  const message = messageOf(alarm);
  const text = ((): string => {
    switch (made.purpose) {
      case "ask":
        return isPush ? written.push(message) : written.ask(alarm.name, message, person.code);
      case "remind":
        return isPush ? written.pushRemind(alarm.name) : written.remind(alarm.name, person.code);
      case "repeat":
        return written.repeated(alarm.name, message);
      case "code":
        return written.code(alarm.name, person.code);
      case "inform":
        return alarm.taken?.person === person.position
          ? written.youHaveIt(alarm.name)
          : written.somebodyHasIt(alarm.name, alarm.taken?.name ?? "");
      case "end":
      case "incoming":
        return written.notTaken(alarm.name, message);
    }
  })();
  return withDrill(alarm, text);
}
