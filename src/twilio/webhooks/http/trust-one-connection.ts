import type { WebhookContext } from "./read-request.ts";

/** `proof`: the signature or media token that shows that the sender may ask. */
export type TrustOneConnection = (c: WebhookContext, proof: string) => void;

/**
 * Marks connections as trusted, but only one at a time for the same proof. Otherwise an attacker could occupy many
 * connections with one captured webhook, or by reading one file slowly on each.
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
