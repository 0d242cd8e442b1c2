import { expect } from "vitest";

import { MY_NUMBER, TWILIO_NUMBER } from "../../../../demo/numbers.ts";
import { SWITCHED_OFF } from "../../../docs/advance-deliveries.ts";
import { setLastBackfill } from "../../../journal/set-last-backfill.ts";
import { untilIdle } from "../until-idle.ts";
import { sendsForm, shows } from "./documented-effects.ts";
import type { Scenario } from "./documented-scenario.ts";
import type { DocsHouse } from "./start-docs-house.ts";

const MINUTE_MS = 60_000;

const write =
  (body: string) =>
  ({ twilio }: DocsHouse) =>
    twilio.receiveMessage({ from: MY_NUMBER, to: TWILIO_NUMBER, body });

/** A call on which no automation sends a step, so that it ends after the wait for a first step. */
const ring = ({ twilio }: DocsHouse) => twilio.ring({ from: MY_NUMBER, to: TWILIO_NUMBER });

/** Resolves when the garage door is open. */
export const gateIsOpen = ({ client }: DocsHouse) => client.waitForState("cover.garage_door", "open");

/** A call whose number the phone networks attest. `StirVerstat` is the level, in Twilio's words. */
const ringAttested =
  (StirVerstat: string) =>
  ({ twilio }: DocsHouse) =>
    twilio.ring({ from: MY_NUMBER, to: TWILIO_NUMBER, parameters: { StirVerstat } });

/** Lets a message arrive while the app is down. Resolves when its event is fired, 20 minutes after the message. */
export async function miss({ app, client, clock, twilio }: DocsHouse): Promise<void> {
  await using events = await client.events("twilio_data_missed");
  using undo = new DisposableStack();
  await app.restart(() => {
    // The clock stands, so that a slow machine does not make the event older.
    undo.use(clock.stop());
    setLastBackfill(app.directory, new Date(clock.now() - 30 * MINUTE_MS));
    const createdAt = new Date(clock.now() - 20 * MINUTE_MS);
    twilio.addMessage({ from: MY_NUMBER, to: TWILIO_NUMBER, body: "Are you at home?", createdAt });
    return Promise.resolve();
  });
  await events.next(({ data }) => data["Body"] === "Are you at home?");
}

/** Presses the doorbell, after all automations have ended. */
export async function ringTheBell({ client }: DocsHouse): Promise<void> {
  await untilIdle(client);
  for (const state of ["off", "on"]) await client.post("/api/states/binary_sensor.doorbell", { state });
}

/** How each documented automation is started and checked, by its alias. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  "Tell me who is at the door": {
    cause: ringTheBell,
    effect: sendsForm({
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
    effect: sendsForm({ To: MY_NUMBER, Body: "It is 21.5 °C." }),
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
  "Open the gate for callers whose number is verified": {
    cause: ringAttested("TN-Validation-Passed-A"),
    effect: gateIsOpen,
    stranger: ringAttested("TN-Validation-Passed-C"),
  },
  "Open the garage door for a message with the right word": {
    cause: write("Rosebud 1941"),
    effect: gateIsOpen,
    stranger: write("Rosebud 1942"),
  },
};
