import type { Clock } from "../../../src/domain/clock.ts";
import { createCloudClient } from "../../../src/twilio/relay/cloud-client.ts";
import { createFunctionHosting } from "../../../src/twilio/relay/function-hosting.ts";
import { createSyncHosting } from "../../../src/twilio/relay/sync-hosting.ts";
import { createHttpClient } from "../../../src/twilio/rest/http-client.ts";
import { SYSTEM_PARTS } from "../../system-parts.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";

/** Starts a simulated Twilio account with Functions and Sync. */
export async function startCloudAccount() {
  const twilio = await startTwilioSimulator();
  const { clock, transport, chance } = SYSTEM_PARTS;
  const client = createCloudClient(
    { username: twilio.accountSid, password: twilio.authToken, standIn: twilio.url },
    createHttpClient({ transport, clock }),
  );
  return {
    twilio,
    hosting: createFunctionHosting(client, () => chance.uuid()),
    sync: createSyncHosting(client),
    [Symbol.asyncDispose]: () => twilio[Symbol.asyncDispose](),
  };
}

/** Creates a clock with the machine's time, whose waits end at once. */
export function createImpatientClock(): Clock & { readonly waits: number[] } {
  const waits: number[] = [];
  return {
    ...SYSTEM_PARTS.clock,
    waits,
    wait(ms) {
      waits.push(ms);
      return Promise.resolve();
    },
  };
}
