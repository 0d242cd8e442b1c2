import type { Random } from "../../random.ts";
import { parseTwiml } from "../../twilio-simulator/twiml/parse-twiml.ts";
import type { Verb } from "../../twilio-simulator/twiml/parse-twiml.ts";
import { callParameters } from "../../twilio-simulator/webhooks/webhook-parameters.ts";
import type { People } from "../alarms/people.ts";
import { between } from "../machine/random-streams.ts";
import type { Scheduler } from "../machine/scheduler.ts";
import { AWAY_TWIML } from "./relay.ts";
import { ACCOUNT_SID } from "./twilio-account.ts";
import type { TwilioCall } from "./twilio-account.ts";
import type { TwilioWebhooks } from "./twilio-webhooks.ts";

type Parameters = Readonly<Record<string, string>>;

/** The webhook with which a call continues, and its further fields. */
interface Next {
  readonly url: string;
  readonly fields: Parameters;
}

/** The instructions of a call that the app requested: a URL or a document. */
export interface CallInstructions {
  readonly url: string;
  readonly twiml: string;
  /** How long the phone rings. */
  readonly timeoutMs: number;
}

export interface TwilioCallsOptions {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly webhooks: TwilioWebhooks;
  /** The URL to which the number's webhooks go, or null if there is none. */
  readonly base: string | null;
  /** Reports a status to the app: `initiated`, `ringing`, `in-progress`, `completed` and so on. */
  readonly report: (call: TwilioCall) => void;
  /** Runs if the relay answered a call in place of the app. */
  readonly onAway: (callSid: string) => void;
  readonly onSaid: (call: TwilioCall, text: string) => void;
  readonly onEnded: (call: TwilioCall) => void;
  /** The people of alarms, who answer calls and press keys in their own way. */
  readonly people: Pick<People, "pickUp" | "keys" | "callEnded">;
  /** Runs if Twilio would not execute the app's TwiML. */
  readonly onFault: (fault: string) => void;
}

export interface TwilioCalls {
  /** A person calls the number. `asked` is called after the first webhook, with whether the app answered it. */
  receive(call: TwilioCall, asked: (isAnswered: boolean) => void): Promise<void>;
  /** Makes a call that the app requested. */
  place(call: TwilioCall, instructions: CallInstructions): Promise<void>;
}

const FINAL: readonly string[] = ["completed", "busy", "no-answer", "failed", "canceled"];
/** The longest call, in milliseconds. */
const LONGEST_CALL_MS = 240_000;

/** Creates calls as at Twilio: documents are fetched and executed, until one side hangs up. */
export function createTwilioCalls(options: TwilioCallsOptions): TwilioCalls {
  const { scheduler, random, webhooks, base, people, report, onAway, onSaid, onFault } = options;

  const sleep = (ms: number): Promise<void> => new Promise((resolve) => scheduler.after(ms, resolve));
  const isOver = ({ status }: TwilioCall): boolean => FINAL.includes(status);

  function end(call: TwilioCall, status: string): void {
    if (isOver(call)) return;
    call.status = status;
    call.duration = "7";
    call.redirect("");
    options.onEnded(call);
    report(call);
    people.callEnded(call);
  }

  async function ask(call: TwilioCall, { url, fields }: Next): Promise<string | null> {
    const { sid: callSid, from, to, status, direction } = call;
    const parameters = {
      ...callParameters({ accountSid: ACCOUNT_SID, callSid, from, to, status, direction }),
      ...fields,
    };
    const answer = await webhooks.send(url, parameters);
    if (typeof answer === "object" && answer.body === AWAY_TWIML) onAway(callSid);
    return typeof answer === "object" && answer.status < 300 ? answer.body : null;
  }

  /** The next webhook after a document, or null if the document ends the call. */
  async function execute(call: TwilioCall, document: string): Promise<Next | null> {
    for (const verb of parseTwiml(document).verbs) {
      if (isOver(call)) return null;
      if (verb.name !== "Reject" && call.status === "ringing") call.status = "in-progress";
      const next = await perform(call, verb);
      if (next !== "go on") return next;
    }
    return null;
  }

  async function perform(call: TwilioCall, verb: Verb): Promise<Next | null | "go on"> {
    const { attributes, text, children } = verb;
    switch (verb.name) {
      case "Say":
        onSaid(call, text);
        await sleep(between(random, 500, 3_000));
        return "go on";
      case "Pause":
        await sleep(1_000 * Number(attributes["length"] ?? 1));
        return "go on";
      case "Redirect":
        return { url: text, fields: {} };
      case "Gather": {
        for (const child of children) if (child.name === "Say") onSaid(call, child.text);
        const entered = people.keys(call);
        if (entered !== null) {
          await sleep(entered.ms);
          return { url: attributes["action"] ?? "", fields: { Digits: entered.digits, msg: "Gather End" } };
        }
        const isEntered = random.below(4) > 0;
        await sleep(
          isEntered ? between(random, 800, 6_000) : 1_000 * Number(attributes["timeout"] ?? 5) + 2_000,
        );
        const digits = isEntered ? String(between(random, 1, 9)) : "";
        return { url: attributes["action"] ?? "", fields: { Digits: digits, msg: "Gather End" } };
      }
      case "Reject":
        end(call, "busy");
        return null;
      case "Hangup":
        return null;
      default:
        onFault(`Twilio got a verb that no schedule asks for: ${verb.name}`);
        return null;
    }
  }

  /**
   * Runs a call until one side hangs up. A redirect through the API interrupts the call's present TwiML. `documentUrl`
   * is the URL of the first document, or empty if it has none.
   */
  async function run(call: TwilioCall, first: Next | string, documentUrl: string): Promise<void> {
    let next: Next | string | null = first;
    while (next !== null && !isOver(call)) {
      const led = new Promise<Next | string>((resolve) => {
        call.redirect = (url) => resolve({ url, fields: {} });
        call.interrupt = resolve;
      });
      const at: Next | string = next;
      next = await Promise.race([led, advance(call, at, documentUrl)]);
    }
    end(call, call.status === "ringing" ? "failed" : "completed");
  }

  async function advance(call: TwilioCall, at: Next | string, documentUrl: string): Promise<Next | null> {
    const document = typeof at === "string" ? at : await ask(call, at);
    if (document === null || isOver(call)) return null;
    try {
      const next = await execute(call, document);
      return next && { ...next, url: absolute(next.url, typeof at === "string" ? documentUrl : at.url) };
    } catch (error) {
      onFault(`Twilio cannot execute a document: ${String(error)}`);
      return null;
    }
  }

  /** Plans the time at which the other side hangs up. */
  function planEnd(call: TwilioCall): void {
    const isImpatient = random.below(3) === 0;
    scheduler.after(isImpatient ? between(random, 500, 25_000) : LONGEST_CALL_MS, () =>
      end(call, call.status === "ringing" ? "no-answer" : "completed"),
    );
  }

  return {
    async receive(call, asked) {
      if (base === null) return void (call.status = "failed");
      call.end = (status) => end(call, status);
      planEnd(call);
      const url = `${base}/webhook`;
      const document = await ask(call, { url, fields: {} });
      asked(document !== null && document !== AWAY_TWIML);
      await run(call, document ?? "<Response/>", url);
    },
    async place(call, { url, twiml, timeoutMs }) {
      call.end = (status) => end(call, status);
      call.status = "initiated";
      report(call);
      const taken = people.pickUp(call);
      await sleep(taken?.queueMs ?? between(random, 100, 2_000));
      if (isOver(call)) return;
      call.status = "ringing";
      report(call);
      await sleep(taken === null ? between(random, 500, 8_000) : Math.min(taken.ringMs, timeoutMs));
      if (isOver(call)) return;
      if (taken !== null && (taken.outcome === "no-answer" || taken.ringMs > timeoutMs)) {
        await sleep(Math.max(0, timeoutMs - taken.ringMs));
        return end(call, "no-answer");
      }
      if (taken !== null && taken.outcome !== "answers") return end(call, taken.outcome);
      if (taken === null && random.below(5) === 0)
        return end(call, random.pick(["busy", "no-answer", "failed"]));
      call.status = "in-progress";
      report(call);
      planEnd(call);
      await run(call, url === "" ? twiml : { url, fields: {} }, "");
    },
  };
}

/** A URL in a document. The app writes a relative one while it does not know its public address. */
function absolute(url: string, documentUrl: string): string {
  return URL.canParse(url) ? url : new URL(url, documentUrl).href;
}
