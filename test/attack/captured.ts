import { expect, vi } from "vitest";

import type { TestHouse } from "../app/start-house.ts";
import { OURS, THEIRS } from "../app/start-house.ts";
import { PUBLIC_URL } from "../app/start-test-app.ts";
import { sendWebhook } from "../twilio-simulator/webhooks/send-webhook.ts";
import { signWebhook } from "../twilio-simulator/webhooks/sign-webhook.ts";
import type { SignedParameters } from "../twilio-simulator/webhooks/sign-webhook.ts";
import { messageParameters } from "../twilio-simulator/webhooks/webhook-parameters.ts";

const MARKER = "that is all";

export type Form = Readonly<Record<string, string>>;

export interface Theft {
  readonly method?: "GET" | "POST";
  /** The path of the request, with its query. */
  readonly path?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A request that Twilio signed once, and that an attacker can send again in any form, but without a new signature.
 */
export interface Captured {
  readonly parameters: Form;
  readonly signature: string;
  /** Sends the captured request with an idempotency token of the attacker. Resolves with the status of the answer. */
  steal(theft?: Theft): Promise<number>;
}

/** Captures a request of Twilio to `path`, which includes the query. */
export function capture(house: TestHouse, parameters: Form, path = "/webhook"): Captured {
  const signature = signWebhook(house.twilio.authToken, PUBLIC_URL + path, parameters);
  return {
    parameters,
    signature,
    async steal({ method = "POST", path: other = path, body, headers = {} } = {}) {
      const response = await fetch(`http://127.0.0.1:${house.app.port}${other}`, {
        method,
        headers: {
          Connection: "close",
          "Content-Type": "application/x-www-form-urlencoded",
          "X-Twilio-Signature": signature,
          "I-Twilio-Idempotency-Token": crypto.randomUUID(),
          ...headers,
        },
        body: method === "GET" ? null : (body ?? encode(parameters)),
      });
      await response.arrayBuffer();
      return response.status;
    },
  };
}

/** The parameters as a form's body, as Twilio encodes it. */
export function encode(parameters: SignedParameters): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    for (const one of [value].flat()) form.append(name, one);
  return form.toString();
}

/** Sends Twilio's own request. Resolves with the status of the answer. */
export async function sendByTwilio(house: TestHouse, parameters: Form, path = "/webhook"): Promise<number> {
  const target = { url: PUBLIC_URL + path, deliverTo: `http://127.0.0.1:${house.app.port}${path}` };
  return (await sendWebhook(house.twilio.authToken, target, parameters)).status;
}

/** All events that were fired. The events are complete when the event of a later message has been fired. */
export async function eventsFired(
  house: TestHouse,
): Promise<{ readonly type: string; readonly data: Form }[]> {
  const marker = `${MARKER} ${crypto.randomUUID()}`;
  const { accountSid } = house.twilio;
  await sendByTwilio(house, messageParameters({ accountSid, from: THEIRS, to: OURS, body: marker }));
  await vi.waitFor(() => expect(house.home.fired.at(-1)?.data["Body"]).toBe(marker));
  const events = house.home.fired.filter(({ type }) => type.startsWith("twilio_"));
  const isMarker = ({ Body }: Form): boolean => Body?.startsWith(MARKER) === true;
  return events
    .map(({ type, data }) => ({ type, data: data as unknown as Form }))
    .filter(({ data }) => !isMarker(data));
}
