import type { Clock } from "../../../src/domain/clock.ts";
import { createCloudClient } from "../../../src/twilio/relay/cloud-client.ts";
import { createFunctionHosting } from "../../../src/twilio/relay/function-hosting.ts";
import { createSyncHosting } from "../../../src/twilio/relay/sync-hosting.ts";
import { createHttpClient } from "../../../src/twilio/rest/http-client.ts";
import { SYSTEM_PARTS } from "../../system-parts.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";

/** A simulated account, and what the app asks of its Functions and Sync. */
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

/** The machine's time, and no wait. */
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
