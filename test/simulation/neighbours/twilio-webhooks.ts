import type { Random } from "../../random.ts";
import { signWebhook } from "../../twilio-simulator/webhooks/sign-webhook.ts";
import { between } from "../machine/random-streams.ts";
import type { Scheduler } from "../machine/scheduler.ts";
import type { AppAnswer } from "../network/messages.ts";
import type { Network } from "../network/network.ts";
import type { Relay } from "./relay.ts";
import { AUTH_TOKEN, RELAY_URL } from "./twilio-account.ts";

/**
 * The fault of one webhook: it or its answer is lost, it comes twice, or it comes late, possibly after the next one.
 * With `never`, all its attempts are lost.
 */
export type WebhookFault = "lost" | "answer lost" | "twice" | "late" | "never";

export interface TwilioWebhooks {
  /** The faults of the next webhooks. */
  readonly faults: WebhookFault[];
  /**
   * Sends a webhook, and again until it is answered with success. Resolves with the last answer. `firstMs` is the
   * time of the first attempt, one way.
   */
  send(url: string, parameters: Readonly<Record<string, string>>, firstMs?: number): Promise<AppAnswer>;
}

export interface TwilioWebhooksOptions {
  readonly network: Network;
  readonly relay: Relay;
  readonly scheduler: Scheduler;
  readonly random: Random;
  /** Runs for a webhook that the app received and did not answer in time. */
  readonly onUnanswered: (target: string) => void;
  /** Runs for a webhook that the app called invalid. */
  readonly onRefused: (target: string, status: number) => void;
}

interface SignedWebhook {
  readonly url: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The time after which Twilio gives up, in milliseconds. */
const PATIENCE_MS = 15_000;
const MOST_TRIES = 3;
/**
 * The times of one way, in milliseconds. There are only a few, so that several webhooks arrive in one turn of the
 * event loop.
 */
const LATENCIES_MS = [10, 25, 60, 150];

/** Creates Twilio's requests to the app, signed as by Twilio. */
export function createTwilioWebhooks(options: TwilioWebhooksOptions): TwilioWebhooks {
  const { network, relay, scheduler, random, onUnanswered, onRefused } = options;
  const faults: WebhookFault[] = [];

  async function ask({ url, parameters, headers, body }: SignedWebhook, ms: number): Promise<AppAnswer> {
    const { origin, pathname, search } = new URL(url);
    const target = pathname + search;
    if (origin === RELAY_URL) {
      await sleep(ms);
      return await relay.handle(target, headers, parameters);
    }
    return await new Promise((resolve) => {
      network.askApp({ method: "POST", target, headers, body }, ms, PATIENCE_MS, (answer) => {
        if (answer === "too late") onUnanswered(target);
        // Other statuses of errors only ask Twilio to try again.
        if (typeof answer === "object" && Math.floor(answer.status / 100) === 4)
          onRefused(target, answer.status);
        resolve(answer);
      });
    });
  }

  const sleep = (ms: number): Promise<void> => new Promise((resolve) => scheduler.after(ms, resolve));

  async function attempt(
    webhook: SignedWebhook,
    fault: WebhookFault | undefined,
    ms: number,
  ): Promise<AppAnswer> {
    const delayMs = between(random, 500, 8_000);
    switch (fault) {
      case "lost":
      case "never":
        return "lost";
      case "answer lost":
        await ask(webhook, ms);
        return "lost";
      case "twice":
        void ask(webhook, ms + between(random, 0, 40));
        return await ask(webhook, ms);
      case "late":
        return await ask(webhook, delayMs);
      case undefined:
        return await ask(webhook, ms);
    }
  }

  return {
    faults,
    async send(url, parameters, firstMs) {
      const [address = ""] = url.split("#", 1);
      const headers = {
        "x-twilio-signature": signWebhook(AUTH_TOKEN, address, parameters),
        "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
        "i-twilio-idempotency-token": String(random.below(2 ** 31)),
      };
      const body = new URLSearchParams(parameters).toString();
      let answer: AppAnswer = "refused";
      const first = faults[0];
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const fault = tries > 0 && first === "never" ? first : faults.shift();
        const ms = tries === 0 && firstMs !== undefined ? firstMs : random.pick(LATENCIES_MS);
        answer = await attempt({ url: address, parameters, headers, body }, fault, ms);
        if (typeof answer === "object" && answer.status < 300) return answer;
        await sleep(between(random, 200, 4_000));
      }
      return answer;
    },
  };
}
