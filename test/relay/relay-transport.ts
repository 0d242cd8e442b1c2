import type { Transport } from "../../src/domain/transport.ts";
import { SYSTEM_PARTS } from "../system-parts.ts";
import type { TwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";

/** The machine's network, on which the simulator's Functions have the addresses that Twilio gives them. */
export function createRelayTransport(twilio: Pick<TwilioSimulator, "cloud">): Transport {
  const { transport } = SYSTEM_PARTS;
  return {
    listen: transport.listen,
    openSocket: transport.openSocket,
    request(url, options) {
      const { host, origin, href } = new URL(url);
      const real = twilio.cloud.originOf(host);
      return transport.request(real === null ? url : real + href.slice(origin.length), options);
    },
  };
}
