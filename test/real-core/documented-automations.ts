import { expect, vi } from "vitest";

import { MY_NUMBER, TWILIO_NUMBER } from "../../demo/numbers.ts";
import { setLastHeard } from "../app/set-last-heard.ts";
import { PUBLIC_URL } from "../app/start-test-app.ts";
import { SWITCHED_OFF } from "../docs/advance-sends.ts";
import { fakeSid } from "../twilio-simulator/fake-sid.ts";
import { sendWebhook } from "../twilio-simulator/send-webhook.ts";
import { callParameters } from "../twilio-simulator/webhook-parameters.ts";
import type { DocsHouse } from "./start-docs-house.ts";

/** What starts a documented automation, and what must have happened when it has run. */
export interface Scenario {
  readonly cause: (house: DocsHouse) => Promise<unknown>;
  readonly effect: (house: DocsHouse) => Promise<unknown>;
  /** Starts it, too, and is none of what it is for: its conditions stop it. */
  readonly stranger?: (house: DocsHouse) => Promise<unknown>;
}

const MINUTE_MS = 60_000;

const write =
  (body: string) =>
  ({ twilio }: DocsHouse) =>
    twilio.receiveMessage({ from: MY_NUMBER, to: TWILIO_NUMBER, body });

const ring = ({ twilio }: DocsHouse) => twilio.placeCall({ from: MY_NUMBER, to: TWILIO_NUMBER });

const gateIsOpen = ({ client }: DocsHouse) => client.waitForState("cover.garage_door", "open");

function shows(title: RegExp, message: string) {
  return ({ client }: DocsHouse) =>
    vi.waitFor(
      async () =>
        expect(await client.persistentNotifications()).toContainEqual(
          expect.objectContaining({
            title: expect.stringMatching(title),
            message: expect.stringContaining(message),
          }),
        ),
      { timeout: 5_000, interval: 20 },
    );
}

function sends(form: object) {
  return ({ twilio }: DocsHouse) =>
    vi.waitFor(() => expect(twilio.requests().at(-1)?.form).toMatchObject(form), {
      timeout: 5_000,
      interval: 20,
    });
}

/** Networks vouch for the caller's number, more or less. */
const ringProven =
  (StirVerstat: string) =>
  ({ twilio: { accountSid, authToken }, app }: DocsHouse) =>
    sendWebhook(
      authToken,
      { url: `${PUBLIC_URL}/webhook`, deliverTo: app.webhook },
      {
        ...callParameters({
          accountSid,
          callSid: fakeSid("CA"),
          from: MY_NUMBER,
          to: TWILIO_NUMBER,
          status: "ringing",
          direction: "inbound",
        }),
        StirVerstat,
      },
    );

/** Something comes in while the app is down. */
export async function miss({ app, twilio }: DocsHouse): Promise<void> {
  await app.restart(() => {
    setLastHeard(app.directory, new Date(Date.now() - 30 * MINUTE_MS));
    const createdAt = new Date(Date.now() - 20 * MINUTE_MS);
    twilio.addMessage({ from: MY_NUMBER, to: TWILIO_NUMBER, body: "Are you at home?", createdAt });
    return Promise.resolve();
  });
}

async function ringTheBell({ client }: DocsHouse): Promise<void> {
  for (const state of ["off", "on"]) await client.post("/api/states/binary_sensor.doorbell", { state });
}

/** By the automation's alias. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  "Tell me who is at the door": {
    cause: ringTheBell,
    effect: sends({
      To: MY_NUMBER,
      Body: "Somebody is at the door",
      MediaUrl: expect.stringContaining("/media/"),
    }),
  },
  "Open the garage door when I call": { cause: ring, effect: gateIsOpen },
  "Show a message": {
    cause: write("Is the window closed?"),
    effect: shows(/^Message from Alice$/, "Is the window closed?"),
    stranger: ring,
  },
  "Answer with the temperature": {
    cause: write("Temperature? "),
    effect: sends({ To: MY_NUMBER, Body: "It is 21.5 °C." }),
    stranger: write("How are you?"),
  },
  "Show what was missed": {
    cause: miss,
    effect: shows(/^Missed 20 minutes ago$/, "Alice: Are you at home?"),
  },
  "Say which message did not arrive": {
    cause: ({ client }) =>
      client.callService("script", "twilio_send_message", { to: SWITCHED_OFF, message: "Hello?" }),
    effect: shows(/^No message to \+12125550199$/, "The phone could not be reached."),
  },
  "Open the gate for callers whose number is proven": {
    cause: ringProven("TN-Validation-Passed-A"),
    effect: gateIsOpen,
    stranger: ringProven("TN-Validation-Passed-C"),
  },
  "Open the garage door for a message with the right word": {
    cause: write("Rosebud 1941"),
    effect: gateIsOpen,
    stranger: write("Rosebud 1942"),
  },
};
