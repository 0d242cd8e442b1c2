import type * as z from "zod";

import { errorName } from "../../domain/error-name.ts";
import type { EventData } from "../../domain/events/outgoing-event.ts";
import type { Logger } from "../../domain/log/logger.ts";
import { canonicalJson } from "../../domain/payload/canonical-json.ts";
import { entriesWithValue, MAX_NAME_LENGTH } from "../../domain/payload/payload-fields.ts";
import { recipientText, recipientValue } from "../../domain/payload/recipient-value.ts";
import { cutText } from "../../domain/text/cut-text.ts";
import { refusalData } from "../../outbound/delivery/result.ts";
import { nameFromMessage } from "../alarm-name.ts";
import { ALARM_REQUESTS } from "../alarm-request.ts";
import { alarmTexts } from "../alarm-texts.ts";
import { endOnRequest } from "../alarm.ts";
import type { Alarm } from "../alarm.ts";
import { draftOf } from "../changes/change.ts";
import { observeTries } from "../changes/observe.ts";
import { end, settle, type SettleOptions } from "../changes/settle.ts";
import { joinAlarm, newAlarm } from "../changes/start.ts";
import type { NewPerson } from "../changes/start.ts";
import { take } from "../changes/take.ts";
import type { AlarmDecision, AlarmJournal, AlarmRequest, FoundAlarm } from "../ports.ts";
import type { AlarmRunner } from "../run-alarms.ts";
import { alarmPayload, MOST_MESSAGE, withoutTime } from "./alarm-payload.ts";
import type { ActPayload, StartPayload } from "./alarm-payload.ts";
import { responseOf } from "./alarm-response.ts";
import { termsOf } from "./alarm-terms.ts";
import { resolvePeople } from "./resolve-people.ts";
import type { ResolvePeopleOptions } from "./resolve-people.ts";

/** The field `command` of a `twilio_request` about an alarm has this value. */
const COMMAND = "alarm";
/**
 * The app treats a request as fired at most this long before it arrived, in milliseconds, even if `fired_at` is
 * earlier. The script repeats a request only for two minutes.
 */
const FIRED_BEFORE_MS = 10 * 60_000;
/** If a request to take an alarm names no person, the app uses this name. */
const NOBODY = "Home Assistant";

export interface AcceptAlarmOptions extends ResolvePeopleOptions {
  readonly journal: Pick<AlarmJournal, "request">;
  readonly runner: Pick<AlarmRunner, "contextOf" | "changed" | "clockChecked">;
  /** The default language of an alarm's texts, with its region, as Twilio names it (`de-DE`). */
  readonly language: () => string;
  /** The app's public address; null while it is unknown. */
  readonly publicAddress: () => string | null;
  /** Whether an error while storing is only temporary. The journal then tries again until the app stops. */
  readonly isTransient: (error: unknown) => boolean;
  /** Reports a result as the event `twilio_result`. The journal does not store the request. */
  readonly report: (data: EventData, at: number) => Promise<void>;
  /** Called after an event for Home Assistant has been stored. */
  readonly onReported: () => void;
  readonly newRequestId: () => string;
  readonly hash: (text: string) => string;
  readonly now: () => number;
  readonly logger: Logger;
}

/**
 * Accepts the data of a `twilio_request` whose command is `alarm`. Resolves with the data of its `twilio_result`. Never
 * rejects.
 */
export type AcceptAlarm = (data: EventData) => Promise<EventData>;

/**
 * Whether the data of a `twilio_request` is about an alarm. The app accepts such a request even while Home Assistant
 * starts.
 */
export function isAlarmRequest({ command }: EventData): boolean {
  return command === COMMAND;
}

/** Makes the function that handles requests to start, take and stop alarms. */
export function createAlarmAcceptor(options: AcceptAlarmOptions): AcceptAlarm {
  const { journal, runner, logger } = options;

  return async function acceptAlarm(data) {
    const receivedAt = options.now();
    const requestId = idIn(data) ?? options.newRequestId();
    try {
      return await accept(data, requestId, receivedAt);
    } catch (error) {
      const name = errorName(error);
      logger.error(`An alarm request failed in the app (${name}). The script repeats it or gets an error.`);
      // A transient error arrives here only if the app stops while the disk is full. The app then reports no result.
      // The script repeats its request, and the restarted app answers it.
      const isAskedAgain = options.isTransient(error);
      const refused = refusalData(
        requestId,
        COMMAND,
        "app_failed",
        `The app failed, so nothing was done: ${name}.`,
      );
      if (!isAskedAgain) await options.report(refused, receivedAt).catch(() => undefined);
      return refused;
    }
  };

  async function accept(data: EventData, requestId: string, receivedAt: number): Promise<EventData> {
    const parsed = alarmPayload.safeParse(data["payload"]);
    if (requestId.startsWith(ALARM_REQUESTS))
      return await refuse("request_id: must not begin with alarm:, which is for the app itself");
    if (!parsed.success) return await refuse(faultsIn(parsed.error));
    const payload = parsed.data;
    const request: AlarmRequest = {
      requestId,
      origin: "twilio_request",
      fingerprint: options.hash(canonicalJson([COMMAND, withoutTime(data["payload"])])),
      receivedAt,
    };
    await runner.clockChecked();
    return payload.do === "start" ? await start(payload, request) : await act(payload, request);

    async function refuse(message: string): Promise<EventData> {
      logger.warning("A request about an alarm is not valid. The event twilio_result has the reason.");
      const full = `The request is not valid, so nothing was done. ${message}`;
      const refused = refusalData(requestId, COMMAND, "invalid", full);
      await options.report(refused, receivedAt);
      return refused;
    }
  }

  async function start(payload: StartPayload, request: AlarmRequest): Promise<EventData> {
    const language = payload.language ?? options.language();
    const { people, warnings } = await resolvePeople(payload, language, options);
    const texts = alarmTexts(language).warnings;
    if (options.publicAddress() === null && people.some(({ channels }) => channels.includes("call")))
      warnings.push(texts.notAnswered);
    const sender = options.defaultSender;
    const isTexted = people.some(({ channels }) => channels.includes("sms"));
    if (isTexted && sender !== null && !/^(\+|MG)/i.test(sender)) warnings.push(texts.cannotReceive(sender));
    if (people.length === 0) {
      const message = `Nobody can be called, so no alarm was started. ${warnings.join(" ")}`;
      const refused = refusalData(request.requestId, COMMAND, "invalid", message);
      return await finish(request, { name: "" }, () => ({ change: null, response: refused }));
    }
    const message = cutText(payload.message, MOST_MESSAGE);
    if (message !== payload.message) warnings.push(texts.shortened(MOST_MESSAGE));
    const name = payload.alarm ?? nameFromMessage(message, people);
    const earliest = request.receivedAt - FIRED_BEFORE_MS;
    const firedAt = Math.min(
      request.receivedAt,
      Math.max(earliest, (payload.fired_at ?? Infinity) * 1_000 || 0),
    );
    const begun = { name, message, people, terms: termsOf(payload, language), firedAt };
    // An alarm does not join a drill (test) of the same name, because every text of a drill says that it is a drill.
    const selector = { name, isDrill: payload.test };
    return await finish(request, selector, ({ current, earlier, lastEvent }, context) => {
      const joined = current === null ? null : joinAlarm(current, begun, context);
      const draft = joined?.draft ?? newAlarm(begun, earlier?.alarm ?? null, lastEvent, context);
      const change = settle(observeTries(draft, context), context);
      const ignored = current === null ? [] : addedPeople(people, change.alarm);
      const all = ignored.length === 0 ? warnings : [...warnings, texts.notAdded(ignored.join(", "))];
      return { change, response: responseOf(request, change, joined?.outcome ?? "started", all) };
    });
  }

  async function act(payload: ActPayload, request: AlarmRequest): Promise<EventData> {
    const selector = { name: payload.alarm, isDrill: payload.test };
    const wanted = payload.do === "take" ? await takerIn(payload) : null;
    return await finish(request, selector, ({ current, matches }, context) => {
      if (current === null) {
        const message =
          matches > 1
            ? "Several alarms are in progress. Enter the name of one of them in the field `alarm`."
            : "No alarm with this name is in progress.";
        return { change: null, response: refusalData(request.requestId, COMMAND, "no_alarm", message) };
      }
      const draft = draftOf(current);
      if (wanted === null) {
        const state = endOnRequest(current.alarm);
        const change = settle(end(draft, state, context), context);
        return { change, response: responseOf(request, change, state, []) };
      }
      const person = current.alarm.people.find(
        ({ number, name }) => number === wanted.number || name === wanted.name,
      );
      const taker = { person: person?.position ?? null, name: person?.name ?? wanted.name };
      const taken = take(draft, { ...taker, channel: null, how: "action" }, context);
      const change = settle(taken.draft, context);
      return { change, response: responseOf(request, change, taken.outcome, []) };
    });
  }

  /** The person who takes the alarm. A template may have made a list with one person. */
  async function takerIn({
    ...given
  }: ActPayload): Promise<{ readonly name: string; readonly number: string | null }> {
    const [value] = entriesWithValue("person" in given ? given.person : undefined);
    if (value === undefined) return { name: NOBODY, number: null };
    const recipient = await options.resolveRecipient(recipientValue(value), false);
    const number = recipient.ok ? recipient.address.replace(/^[a-z]+:/i, "") : null;
    const name = recipient.ok ? recipient.contact : null;
    return { name: name ?? cutText(recipientText(value), MAX_NAME_LENGTH), number };
  }

  async function finish(
    request: AlarmRequest,
    selector: Parameters<AlarmJournal["request"]>[1],
    decide: (found: FoundAlarm, context: SettleOptions) => AlarmDecision,
  ): Promise<EventData> {
    const outcome = await journal.request(request, selector, (found, records) =>
      decide(found, runner.contextOf(records)),
    );
    switch (outcome.kind) {
      case "done":
        options.onReported();
        if (outcome.change !== null) runner.changed(outcome.change);
        return outcome.response;
      case "repeated": {
        const result = outcome.result ?? {};
        await options.report(result, request.receivedAt);
        return result;
      }
      case "id_reused": {
        const message = `request_id ${request.requestId} was already used for another payload, so nothing was done. Use a new request_id for each request.`;
        const refused = refusalData(request.requestId, COMMAND, "id_reused", message);
        await options.report(refused, request.receivedAt);
        return refused;
      }
    }
  }
}

/** The names of people in a new start whom the open alarm does not call. */
function addedPeople(people: readonly NewPerson[], alarm: Pick<Alarm, "people">): string[] {
  const known = new Set(alarm.people.map(({ number }) => number));
  return people.filter(({ number }) => !known.has(number)).map(({ name }) => name);
}

function idIn({ request_id: id }: EventData): string | null {
  return (typeof id === "string" && id !== "") || typeof id === "number" ? cutText(String(id), 200) : null;
}

/** The form of the action in Home Assistant has no field `payload`, so the path of a faulty field leaves it out. */
function faultsIn({ issues }: z.ZodError): string {
  return issues
    .map(({ path, message }) => `${path.map(String).join(".") || "payload"}: ${message}`)
    .join("; ");
}
