import type { LookupFunction } from "node:net";

import { AddressRefusedError } from "../../domain/transport.ts";

/**
 * Makes a DNS look-up that uses `lookup`, but fails with `AddressRefusedError` if any IP address of the host is not
 * allowed.
 */
export function createCheckedLookup(
  lookup: LookupFunction,
  isAllowed: (ip: string) => boolean,
): LookupFunction {
  return function lookUpAllowed(name, options, done) {
    lookup(name, { ...options, all: true }, (error, found) => {
      if (error !== null) return done(error, []);
      const addresses = typeof found === "string" ? [{ address: found, family: isV6(found) ? 6 : 4 }] : found;
      if (addresses.length === 0 || !addresses.every(({ address }) => isAllowed(address)))
        return done(new AddressRefusedError(), []);
      const [first] = addresses;
      return options.all === true ? done(null, addresses) : done(null, first?.address ?? "", first?.family);
    });
  };
}

function isV6(address: string): boolean {
  return address.includes(":");
}
