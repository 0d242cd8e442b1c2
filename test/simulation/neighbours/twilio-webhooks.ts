import type { Random } from "../../random.ts";
import { signWebhook } from "../../twilio-simulator/webhooks/sign-webhook.ts";
import { between } from "../machine/random-streams.ts";
import type { Scheduler } from "../machine/scheduler.ts";
import type { AppAnswer } from "../network/messages.ts";
import type { Network } from "../network/network.ts";
import { AUTH_TOKEN, PUBLIC_URL } from "./twilio-account.ts";

/**
 * What goes wrong with one webhook: it does not arrive, its answer does not, it comes twice, or it comes late, perhaps
 * after the next.
 */
export type WebhookFault = "lost" | "answer lost" | "twice" | "late";

export interface TwilioWebhooks {
  /** What the next webhooks meet. */
  readonly faults: WebhookFault[];
  /** Sends a webhook, and again until it is answered with success. Resolves with the last answer. */
  send(url: string, parameters: Readonly<Record<string, string>>): Promise<AppAnswer>;
}

export interface TwilioWebhooksOptions {
  readonly network: Network;
  readonly scheduler: Scheduler;
  readonly random: Random;
  /** Called for a webhook that the app received and did not answer in time. */
  readonly onUnanswered: (target: string) => void;
}

/** Twilio gives up then, in milliseconds. */
const PATIENCE_MS = 15_000;
const MOST_TRIES = 3;
/** One way. Few, so that webhooks meet in one turn of the app's event loop. */
const LATENCIES_MS = [10, 25, 60, 150];

/** Twilio's requests to the app, signed as Twilio signs them. */
export function createTwilioWebhooks(options: TwilioWebhooksOptions): TwilioWebhooks {
  const { network, scheduler, random, onUnanswered } = options;
  const faults: WebhookFault[] = [];

  function ask(
    target: string,
    headers: Record<string, string>,
    body: string,
    ms: number,
  ): Promise<AppAnswer> {
    return new Promise((resolve) => {
      network.askApp({ method: "POST", target, headers, body }, ms, PATIENCE_MS, (answer) => {
        if (answer === "too late") onUnanswered(target);
        resolve(answer);
      });
    });
  }

  async function attempt(target: string, headers: Record<string, string>, body: string): Promise<AppAnswer> {
    const fault = faults.shift();
    const ms = random.pick(LATENCIES_MS);
    const delayMs = between(random, 500, 8_000);
    switch (fault) {
      case "lost":
        return "lost";
      case "answer lost":
        await ask(target, headers, body, ms);
        return "lost";
      case "twice":
        void ask(target, headers, body, ms + between(random, 0, 40));
        return await ask(target, headers, body, ms);
      case "late":
        return await ask(target, headers, body, delayMs);
      case undefined:
        return await ask(target, headers, body, ms);
    }
  }

  return {
    faults,
    async send(url, parameters) {
      const [address = ""] = url.split("#", 1);
      const target = address.slice(PUBLIC_URL.length);
      const headers = {
        "x-twilio-signature": signWebhook(AUTH_TOKEN, address, parameters),
        "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
        "i-twilio-idempotency-token": String(random.below(2 ** 31)),
      };
      const body = new URLSearchParams(parameters).toString();
      let answer: AppAnswer = "refused";
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        answer = await attempt(target, headers, body);
        if (typeof answer === "object" && answer.status < 300) return answer;
        await new Promise<void>((resolve) => scheduler.after(between(random, 200, 4_000), resolve));
      }
      return answer;
    },
  };
}
