import type { ProvisionalAddress } from "../../inbound/address-evidence.ts";
import type { AddressMemory, LearnableAddress } from "../../inbound/ports.ts";

/** Where Twilio reaches the app: an origin and, where the user gave one, a path before the app's own routes. */
export interface PublicAddress extends LearnableAddress {
  /** Bases under which a signature is accepted, such as `https://home.example/twilio`: the known one, else guesses. */
  candidates(headers: AddressHeaders): readonly string[];
  /** What a proxy and the client say, whatever is known. */
  guesses(headers: AddressHeaders): readonly string[];
  /** Forgets what was learnt or is provisional, so that it is learnt anew. Returns what was forgotten. */
  forget(): string | null;
  /** Path of the configured base, without a slash at its end; empty if there is none. */
  readonly path: string;
}

export interface AddressHeaders {
  readonly host: string | undefined;
  readonly forwardedHost: string | undefined;
  readonly forwardedProto: string | undefined;
  readonly forwardedPort: string | undefined;
}

/** A host name has at most 253 characters; a port adds six. */
const LONGEST_HOST = 259;

/**
 * `Host` and `X-Forwarded-*` are the sender's words, so they are guesses until an address is confirmed. After that the
 * app believes no other origin, because every webhook of the account is signed with the same key and one made for
 * another service must not verify here. `relayBase`: of the webhook relay, null for none. It serves where no own address
 * is settled, and no signature of a request to the own port is valid for it.
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

  return {
    path: configured === null ? "" : new URL(configured).pathname.replace(/\/$/, ""),
    current: () => settled ?? relayBase() ?? provisional?.base ?? null,
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
    forget() {
      if (configured !== null) return null;
      const forgotten = settled ?? provisional?.base ?? null;
      settled = null;
      memory.saveLearnt(null);
      setProvisional(null);
      return forgotten;
    },
  };
}

function guesses({ host, forwardedHost, forwardedProto, forwardedPort }: AddressHeaders): string[] {
  const given = [first(forwardedHost), first(host)].filter((name) => name !== undefined);
  const names = given.flatMap((name) => [name, name.toLowerCase()]).filter(isHost);
  const port = first(forwardedPort) ?? "";
  // With its port first: a signature without one fits both, and then only the first tells of it.
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

/** Each proxy adds to the list; the first entry is what the client said. */
function first(list: string | undefined): string | undefined {
  return list?.split(",")[0]?.trim();
}
