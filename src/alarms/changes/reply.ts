import { alternativeForm } from "../../contacts/numbers/number-forms.ts";
import { oneLine } from "../../domain/text/one-line.ts";
import { toPlainCharacters } from "../../domain/text/plain-characters.ts";
import { writtenText } from "../alarm-request.ts";
import { alarmTexts } from "../alarm-texts.ts";
import type { NewTry } from "../alarm-try.ts";
import { hasEnded, presentRevision } from "../alarm.ts";
import type { Alarm, AlarmPerson } from "../alarm.ts";
import { withAlarm, withPerson } from "./change.ts";
import type { Draft } from "./change.ts";
import { addTries } from "./settle.ts";
import type { SettleOptions } from "./settle.ts";
import { take } from "./take.ts";

/** After this many wrong codes, a person can no longer take the alarm by text. Otherwise, codes could be guessed. */
const MOST_WRONG_CODES = 5;
const CODE_DIGITS = 6;
/** A text with more different codes than this is a list of guesses, and counts as one wrong code. */
const MOST_CODES_IN_TEXT = 5;
/**
 * A group of digits in a text looks like a phone number if it has at least this many digits. A group that begins with a
 * plus sign always does. `codesIn` decides whether such a group contains a code.
 */
const PHONE_DIGITS = 9;
/**
 * Words with which people opt out of messages, opt in again or ask for help. Twilio treats most of them as keywords, so
 * such a message is no reply.
 */
const KEYWORDS =
  /^\s*(stop|stopall|stopp|unsubscribe|cancel|end|quit|revoke|optout|start|unstop|help|info)\W*$/i;

/** A message that the app received, and that may be a reply to an alarm. */
export interface ReceivedText {
  /** The message's position in the event log, a table of the journal. */
  readonly seq: number;
  /** The sender's number (`+…`), or WhatsApp or RCS address (`whatsapp:+…`, `rcs:+…`). */
  readonly from: string;
  readonly body: string;
  /** Whether Twilio treated the message as an opt-out, an opt-in or a question for help. */
  readonly isKeyword: boolean;
  /** If the person pressed a button: the SID of the app's message with this button. Null if the person wrote a text. */
  readonly buttonOf: string | null;
  /** The payload that Twilio reports for the pressed button (`ButtonPayload`); empty if no button was pressed. */
  readonly buttonPayload: string;
}

/**
 * Handles a message that a person sent while an alarm is open or taken. The person takes the alarm if the text contains
 * the person's code, or if the message comes from a button of the app's message.
 *
 * @param otherCodes the codes of the other alarms that have not ended; a text with one of them is a reply to another
 * alarm
 */
export function receiveText(
  draft: Draft,
  text: ReceivedText,
  otherCodes: readonly string[],
  context: SettleOptions,
): Draft {
  const read = withAlarm(draft, { repliesUntil: text.seq });
  const person = senderOf(draft, text.from);
  const isIgnored = text.isKeyword || KEYWORDS.test(text.body);
  if (person === undefined || hasEnded(draft.alarm) || isIgnored) return read;
  const channel = text.from.startsWith("whatsapp:") ? "whatsapp" : "sms";
  const how = answerOf(read, person, text, otherCodes);
  if (how === "wrong" || how === "none") {
    const counted =
      how === "wrong" ? withPerson(read, person.position, { wrongCodes: person.wrongCodes + 1 }) : read;
    return withAnswer(counted, person, channel, context);
  }
  if (how === "ignored") return read;
  const { outcome, draft: taken } = take(
    read,
    { person: person.position, name: person.name, channel, how },
    context,
  );
  const isNews = outcome === "taken" || outcome === "confirmed" || !person.knowsOwner;
  if (!isNews) return taken;
  const informed = outcome === "other" ? withPerson(taken, person.position, { knowsOwner: true }) : taken;
  return addTries(informed, [textTo(informed, person, channel, "inform")], context);
}

/**
 * Answers a text without the right code. The answer is the person's code, or the name of the person who has taken the
 * alarm. Each person gets each of these answers one time.
 */
function withAnswer(
  draft: Draft,
  person: AlarmPerson,
  channel: "sms" | "whatsapp",
  context: SettleOptions,
): Draft {
  const isTaken = draft.alarm.taken !== null;
  if (isTaken ? person.knowsOwner || draft.alarm.taken.person === person.position : person.wasSentCode)
    return draft;
  const marked = withPerson(draft, person.position, isTaken ? { knowsOwner: true } : { wasSentCode: true });
  return addTries(marked, [textTo(marked, person, channel, isTaken ? "inform" : "code")], context);
}

function textTo(
  { alarm, tries }: Draft,
  { position }: AlarmPerson,
  channel: "sms" | "whatsapp",
  purpose: "inform" | "code",
): NewTry {
  const round = tries.at(-1)?.round ?? 1;
  return { person: position, round, revision: presentRevision(alarm).revision, channel, purpose };
}

/**
 * The person of the alarm who sent the message. WhatsApp uses an older form of some numbers, for example in Brazil and
 * Mexico. The app accepts both forms here, because the code shows that the sender is the person.
 */
function senderOf({ alarm }: Draft, from: string): AlarmPerson | undefined {
  const number = from.replace(/^(whatsapp|rcs):/, "");
  const other = alternativeForm(number);
  return (
    alarm.people.find((person) => person.number === number) ??
    alarm.people.find((person) => person.number === other)
  );
}

/**
 * Decides whether a message takes the alarm. `reply` and `button`: it does. `wrong`: it has a wrong code. `none`: it
 * has no code. `ignored`: the person has sent too many wrong codes, or the message is a reply to another alarm.
 */
function answerOf(
  { alarm, tries }: Draft,
  person: AlarmPerson,
  { body, buttonOf, buttonPayload }: ReceivedText,
  otherCodes: readonly string[],
): "reply" | "button" | "wrong" | "none" | "ignored" {
  const { code, wrongCodes, position } = person;
  if (wrongCodes >= MOST_WRONG_CODES) return "ignored";
  // While the alarm is open, a button counts only if its message has the present revision. The person may not have got
  // the present one. While the alarm is taken, a button only confirms it.
  const oldest = alarm.taken === null ? presentRevision(alarm).revision : 1;
  const isOurButton = tries.some(
    (made) =>
      made.sid !== null &&
      made.sid === buttonOf &&
      made.person === position &&
      made.revision >= oldest &&
      (made.purpose === "ask" || made.purpose === "remind"),
  );
  if (isOurButton || codesIn(buttonPayload).includes(code)) return "button";
  const codes = new Set(codesIn(withoutQuotes(body, alarm, person)));
  if (codes.size > MOST_CODES_IN_TEXT) return "wrong";
  if (codes.has(code)) return "reply";
  if (otherCodes.some((other) => codes.has(other))) return "ignored";
  return codes.size > 0 ? "wrong" : "none";
}

/**
 * Removes the app's own texts from a reply. A reaction such as a thumbs down quotes the app's text with the code, and
 * must not take the alarm. Networks may change characters of a quoted text. So this function also removes the sentence
 * with the code, even if the rest of the text differs.
 */
function withoutQuotes(body: string, alarm: Alarm, person: AlarmPerson): string {
  const texts = (["ask", "remind", "code"] as const).map((purpose) =>
    plainLine(writtenText(alarm, person, { channel: "sms", purpose })),
  );
  const sentence = alarmTexts(alarm.terms.language).written.ask("", "", person.code).replace(/^\W+/u, "");
  return [...texts, sentence].reduce((rest, text) => rest.replaceAll(text, " "), plainLine(body));
}

function plainLine(text: string): string {
  return oneLine(text.normalize("NFKC"));
}

/**
 * Finds the six-digit codes in a text. A code may contain blanks, dashes and dots, and digits of any script. A group of
 * digits that looks like a phone number has no code if it begins with `+` or `0`. In any other such group, each part of
 * exactly six digits is a code, as in `123456 911 is called`.
 */
function codesIn(text: string): string[] {
  const plain = toPlainCharacters(text.normalize("NFKC").replace(/\p{Cf}/gu, ""));
  const numbers = plain.match(/\+?\d(?:[ \-.()/]*\d)*/g) ?? [];
  return numbers.flatMap((number) => {
    if (/^[+0]/.test(number) && isPhoneNumber(number)) return [];
    if (isPhoneNumber(number)) return number.split(/\D+/).filter((part) => part.length === CODE_DIGITS);
    const codes = number.match(/(?<!\d)\d(?:[ \-.]?\d){5}(?!\d)/g) ?? [];
    return codes.map((code) => code.replace(/\D/g, ""));
  });
}

function isPhoneNumber(number: string): boolean {
  return number.startsWith("+") || number.replace(/\D/g, "").length >= PHONE_DIGITS;
}
