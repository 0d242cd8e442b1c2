import type { ProvisionalAddress } from "../../inbound/address-evidence.ts";
import type { AddressMemory, LearnableAddress } from "../../inbound/ports.ts";

/** The address at which Twilio reaches the app: an origin, and a path if the user has entered one. */
export interface PublicAddress extends LearnableAddress {
  /** The bases for which a signature is accepted, such as `https://home.example/twilio`: the known one, or guesses. */
  candidates(headers: AddressHeaders): readonly string[];
  /** The public addresses guessed from the headers, also if the address is known. */
  guesses(headers: AddressHeaders): readonly string[];
  /** Removes a learnt or provisional public address, so that the app learns it again. Returns the removed address. */
  reset(): string | null;
  /** Path of the configured base, without a slash at its end; empty if there is none. */
  readonly path: string;
}

export interface AddressHeaders {
  readonly host: string | undefined;
  readonly forwardedHost: string | undefined;
  readonly forwardedProto: string | undefined;
  readonly forwardedPort: string | undefined;
}

/** A host name has at most 253 characters, and a port adds six. */
const LONGEST_HOST = 259;

/**
 * Holds the public address. The sender of a request chooses `Host` and `X-Forwarded-*`, so they are only guesses until
 * a public address is confirmed. After that the app accepts no other origin. All webhooks of the account have the same
 * key, and one for another service must not verify here.
 *
 * @param configured the option `public_url`; null if it is empty
 * @param relayBase the public address of the webhook relay; null for none. It is used while the app knows no other address,
 *   and no signature of a webhook to the app's own port is valid for it
 */
export function createPublicAddress(
  configured: string | null,
  memory: AddressMemory,
  relayBase: () => string | null = () => null,
): PublicAddress {
  let settled = configured ?? memory.learnt();
  let provisional = settled === null ? memory.provisional() : null;

  function setProvisional(address: ProvisionalAddress | null): void {
    if (settled !== null) return;
    provisional = address;
    memory.saveProvisional(address);
  }

  const current = (): string | null => settled ?? relayBase() ?? provisional?.base ?? null;

  return {
    path: configured === null ? "" : new URL(configured).pathname.replace(/\/$/, ""),
    current,
    bases: () => [...new Set([current(), relayBase()].filter((base) => base !== null))],
    source() {
      if (configured !== null) return "configured";
      if (settled !== null) return "learnt";
      if (relayBase() !== null) return "relay";
      return provisional === null ? null : "provisional";
    },
    candidates: (headers) => (settled === null ? guesses(headers) : [settled]),
    guesses,
    provisional: () => provisional,
    setProvisional,
    learn(base) {
      if (settled !== null) return;
      memory.saveLearnt(base);
      setProvisional(null);
      settled = base;
    },
    reset() {
      if (configured !== null) return null;
      const removed = settled ?? provisional?.base ?? null;
      settled = null;
      memory.saveLearnt(null);
      setProvisional(null);
      return removed;
    },
  };
}

function guesses({ host, forwardedHost, forwardedProto, forwardedPort }: AddressHeaders): string[] {
  const given = [first(forwardedHost), first(host)].filter((name) => name !== undefined);
  const names = given.flatMap((name) => [name, name.toLowerCase()]).filter(isHost);
  const port = first(forwardedPort) ?? "";
  // The name with its port comes first, because a signature without a port fits both names.
  const hosts = names.flatMap((name) =>
    /^\d{1,5}$/.test(port) && !/:\d+$/.test(name) ? [`${name}:${port}`, name] : [name],
  );
  const schemes = [first(forwardedProto)?.toLowerCase(), "https", "http"].filter(
    (name) => name === "https" || name === "http",
  );
  const origins = hosts.flatMap((name) => schemes.map((scheme) => withoutDefaultPort(scheme, name)));
  return [...new Set(origins)];
}

function isHost(name: string): boolean {
  return name.length <= LONGEST_HOST && /^[\w.:[\]-]+$/.test(name);
}

function withoutDefaultPort(scheme: "https" | "http", host: string): string {
  return `${scheme}://${host.replace(scheme === "https" ? /:443$/ : /:80$/, "")}`;
}

/** Each proxy appends to the list. The first entry is from the client. */
function first(list: string | undefined): string | undefined {
  return list?.split(",")[0]?.trim();
}
