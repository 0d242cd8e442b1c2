import type { ProvisionalAddress } from "../../inbound/address-evidence.ts";
import type { AddressMemory, LearnableAddress } from "../../inbound/ports.ts";

/**
 * The public address: the URL below which Twilio reaches the app. It is an origin, with a path if the user has entered
 * one.
 */
export interface PublicAddress extends LearnableAddress {
  /**
   * Returns the URLs for which the app accepts a signature, such as `https://home.example/twilio`. They are the
   * configured or learnt public address. While the app has neither, they are guesses by the headers.
   */
  candidates(headers: AddressHeaders): readonly string[];
  /** Guesses public addresses by the headers, even if the app knows its public address. */
  guesses(headers: AddressHeaders): readonly string[];
  /** Removes the learnt or provisional public address, so that the app learns a new one. Returns the removed one. */
  reset(): string | null;
  /** The path of the option `public_url`, without a slash at its end. Empty if the option has no path. */
  readonly path: string;
}

export interface AddressHeaders {
  readonly host: string | undefined;
  readonly forwardedHost: string | undefined;
  readonly forwardedProto: string | undefined;
  readonly forwardedPort: string | undefined;
}

/** The most characters of a host with its port: 253 for the name and six for the port. */
const LONGEST_HOST = 259;

/**
 * Holds the public address. The sender of a request chooses `Host` and `X-Forwarded-*`, so these headers are only
 * guesses until a public address is confirmed.
 *
 * With a configured public address, the app accepts no other origin. With a learnt one, it accepts another origin only
 * if this process answers there, too. Twilio signs all webhooks of the account with the same key, and the app must not
 * accept a webhook for another service of the user.
 *
 * The relay's public address is used while the app has neither a configured nor a learnt public address. Webhooks to
 * the app's own port are never checked against the relay's public address.
 *
 * @param configured the option `public_url`; null if it is empty
 * @param relayBase returns the webhook relay's public address, or null without a relay
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
  // The host with the port comes first. The check of a signature also tries each URL without its port. So a signature
  // without the port fits both hosts, and the check returns the first one. The app then also asks the public address
  // with the port whether it leads to the app.
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

/**
 * Returns the first entry of a list in a header. Each proxy adds an entry at the end of the list, so the first entry
 * shows the host, port or scheme that the client used.
 */
function first(list: string | undefined): string | undefined {
  return list?.split(",")[0]?.trim();
}
