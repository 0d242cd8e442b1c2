import type { Transport } from "../src/domain/transport.ts";

/** Creates a transport that sends requests for Twilio's Functions to the simulator at the origin `simulator`. */
export function routeFunctions(transport: Transport, simulator: string): Transport {
  return {
    listen: transport.listen,
    openSocket: transport.openSocket,
    request(url, options) {
      const { host, origin, href } = new URL(url);
      const isFunction = host.endsWith(".twil.io");
      const real = isFunction ? `${simulator}/functions/${host}${href.slice(origin.length)}` : url;
      return transport.request(real, options);
    },
  };
}
