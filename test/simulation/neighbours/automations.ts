import type { Random } from "../../random.ts";
import { between } from "../machine/random-streams.ts";
import type { Scheduler } from "../machine/scheduler.ts";
import type { AskedRequest, History } from "../model/history.ts";
import { recipientOf, requestName, SHARED_RECIPIENTS, SHARED_TEXT } from "../model/request-id.ts";
import type { HomeAssistant } from "./home-assistant.ts";

type Data = Readonly<Record<string, unknown>>;

/** An automation's request, as a schedule describes it. */
export interface AutomationWish {
  readonly command: "send_message" | "make_call";
  readonly recipients: number;
  readonly waitFor: string;
  /** Whether other requests have the same number and text. */
  readonly isShared: boolean;
  /** How long the automation waits for the result, in seconds. */
  readonly seconds: number;
  /**
   * Whether a script makes the request, and repeats it until it is answered. Otherwise, a plain event makes it once.
   */
  readonly isScript: boolean;
  /** Whether the automation continues the call, or asks for digits. */
  readonly talks: "no" | "then talk" | "asks";
}

export interface Automations {
  ask(wish: AutomationWish): void;
  /** Requests a message after all faults, to see whether the app still works. */
  probe(): void;
  /** Reports an event on Home Assistant's bus. */
  hear(type: string, data: Data): void;
}

export interface AutomationsOptions {
  readonly home: HomeAssistant;
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly history: History;
}

/**
 * The pause after which the app's scripts repeat a request. Nothing may be sent in the last two seconds of its time.
 */
const ASK_AGAIN_MS = 5_000;
const MARGIN_SECONDS = 2;
const PROBE: AutomationWish = {
  command: "send_message",
  recipients: 1,
  isShared: false,
  waitFor: "accepted",
  seconds: 20,
  isScript: true,
  talks: "no",
};

/** After these times, in milliseconds, an automation that has lost its result requests it again. */
const LOST_AFTER_MS = [0, 200, 5_000, 40_000];
/** One in this many automations loses its result. */
const ONE_LOSES = 4;

/** The most steps that an automation has for a call. */
const MOST_STEPS = 3;
/** How long an automation waits for the end of a step, in seconds. Some steps are overdue while Home Assistant starts. */
const STEP_SECONDS = [12, 60, 60];

/** Creates automations that request messages and calls, and control calls step by step. */
export function createAutomations({ home, scheduler, random, history }: AutomationsOptions): Automations {
  const waiting = new Map<string, (data: Data) => void>();
  const taken = new Set<string>();
  let requests = 0;

  async function ask(asked: AskedRequest, payload: Data, isScript: boolean): Promise<Data | null> {
    history.asked.push(asked);
    const { id, givesUpAt } = asked;
    for (;;) {
      const left = (givesUpAt - scheduler.elapsed()) / 1_000;
      emit(asked, payload);
      const untilMs = isScript ? Math.min(ASK_AGAIN_MS, Math.max(100, left * 1_000)) : left * 1_000;
      const result = await resultOf(id, untilMs);
      if (result === null && scheduler.elapsed() < givesUpAt) continue;
      asked.endedAt ??= scheduler.elapsed();
      if (isScript && random.below(ONE_LOSES) === 0)
        scheduler.after(random.pick(LOST_AFTER_MS), () => emit(asked, payload));
      return result;
    }
  }

  function emit(asked: AskedRequest, payload: Data): void {
    const { id, command, givesUpAt } = asked;
    const timeout = Math.max(0, (givesUpAt - scheduler.elapsed()) / 1_000 - MARGIN_SECONDS);
    home.emit("twilio_request", { request_id: id, command, timeout, payload }, (life) => {
      const at = scheduler.elapsed();
      asked.receptions.push({ at, life: life.number, deadline: at + timeout * 1_000 });
    });
  }

  function resultOf(id: string, ms: number): Promise<Data | null> {
    return new Promise((resolve) => {
      const callOff = scheduler.after(ms, () => end(null));
      const end = (data: Data | null): void => {
        callOff();
        waiting.delete(id);
        resolve(data);
      };
      waiting.set(id, end);
    });
  }

  function newRequest(
    wanted: Pick<AskedRequest, "command" | "isShared" | "isProbe">,
    to: (request: number) => readonly string[],
    seconds: number,
  ): AskedRequest {
    requests += 1;
    const givesUpAt = scheduler.elapsed() + seconds * 1_000;
    return {
      ...wanted,
      id: requestName(requests),
      to: to(requests),
      givesUpAt,
      receptions: [],
      endedAt: null,
    };
  }

  /** Sends one step after another, until one fails or the call ends. */
  async function hold(callSid: string): Promise<void> {
    if (taken.has(callSid)) return;
    taken.add(callSid);
    const steps = between(random, 1, MOST_STEPS);
    for (let step = 1; step <= steps; step += 1) {
      const asked = newRequest(
        { command: "talk", isShared: false, isProbe: false },
        () => [],
        random.pick(STEP_SECONDS),
      );
      const asks = random.below(2) === 0 ? { ask: "digits", digits: 1, answer_seconds: 5 } : {};
      const then = step === steps ? { then: "hang_up" } : {};
      const payload = { call: callSid, say: `${asked.id}# step`, ...asks, ...then };
      const result = await ask(asked, payload, true);
      if (result?.["ok"] !== true || result["ended"] !== null) return;
      await new Promise<void>((resolve) => scheduler.after(between(random, 0, 4_000), resolve));
    }
  }

  function payloadOf(wish: AutomationWish, { id, to }: AskedRequest): Data {
    const text = wish.isShared ? SHARED_TEXT : `${id}# hello`;
    if (wish.command === "send_message") return { to, message: text, wait_for: wish.waitFor };
    const asks = wish.talks === "asks" ? { ask: "digits", digits: 1 } : {};
    const then = wish.talks === "then talk" ? { then: "talk" } : {};
    return { to, say: text, ...asks, ...then, wait_for: wish.waitFor };
  }

  function askFor(wish: AutomationWish, isProbe: boolean): void {
    const { command, recipients, isShared, seconds } = wish;
    const positions = Array.from({ length: recipients }, (_, position) => position);
    const to = (request: number): readonly string[] =>
      isShared ? SHARED_RECIPIENTS.slice(0, recipients) : positions.map((at) => recipientOf(request, at));
    const asked = newRequest({ command, isShared, isProbe }, to, seconds);
    void ask(asked, payloadOf(wish, asked), wish.isScript).then((result) => {
      const sid = result?.["sid"];
      if (wish.talks === "then talk" && result?.["ok"] === true && typeof sid === "string") void hold(sid);
    });
  }

  return {
    ask: (wish) => askFor(wish, false),
    probe: () => askFor(PROBE, true),
    hear(type, data) {
      if (type === "twilio_result") waiting.get(String(data["request_id"]))?.(data);
      const isRinging = type === "twilio_data_received" && data["CallStatus"] === "ringing";
      if (isRinging && typeof data["CallSid"] === "string" && random.below(4) > 0) void hold(data["CallSid"]);
    },
  };
}
