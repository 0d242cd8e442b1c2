import type { WebhookContext } from "./read-request.ts";

/**
 * Marks the connection of a request as trusted. `proof` is the signature or media token by which the sender may use the
 * app.
 */
export type TrustOneConnection = (c: WebhookContext, proof: string) => void;

/**
 * Marks connections as trusted, at most one at a time for each proof. Otherwise an attacker could occupy many
 * connections with one captured webhook, or by slowly reading one file on each connection.
 */
export function createTrustOneConnection(): TrustOneConnection {
  const inUse = new Set<string>();
  return function trustOneConnection(c, proof) {
    const { trust, outgoing } = c.env;
    if (trust === undefined || inUse.has(proof)) return;
    inUse.add(proof);
    outgoing.once("close", () => inUse.delete(proof));
    trust();
  };
}
