/** Where Twilio reaches the app: an origin and, where the user gave one, a path before the app's own routes. */
export interface PublicAddress {
  /** Known bases, such as `https://home.example/twilio`: one when configured or learnt, else guesses. */
  candidates(headers: AddressHeaders): readonly string[];
  /** A signature verified under this base; the first one is kept for ever. */
  confirm(base: string): void;
  /** The base, once it is known. */
  known(): string | null;
  /** Path of the configured base, without a slash at its end; empty if there is none. */
  readonly path: string;
}

export interface AddressHeaders {
  readonly host: string | undefined;
  readonly forwardedHost: string | undefined;
  readonly forwardedProto: string | undefined;
}

export interface PublicAddressOptions {
  /** The option `public_url`; null to learn the origin. */
  readonly configured: string | null;
  readonly learnt: () => string | null;
  /** Keeps the first origin learnt and returns the one that is kept. */
  readonly learn: (origin: string) => string;
  readonly onLearnt: (origin: string) => void;
}

/**
 * `Host` and `X-Forwarded-*` are the sender's words, so they only ever serve as guesses until the first valid
 * signature proves one; from then on the app believes no other origin, because every webhook of the account is
 * signed with the same key and one made for another service must not verify here.
 */
export function createPublicAddress({
  configured,
  learnt,
  learn,
  onLearnt,
}: PublicAddressOptions): PublicAddress {
  let base = configured ?? learnt();
  return {
    path: configured === null ? "" : new URL(configured).pathname.replace(/\/$/, ""),
    known: () => base,
    candidates: (headers) => (base === null ? guesses(headers) : [base]),
    confirm(proven) {
      if (base !== null) return;
      base = learn(proven);
      onLearnt(base);
    },
  };
}

function guesses({ host, forwardedHost, forwardedProto }: AddressHeaders): string[] {
  const hosts = [firstOf(forwardedHost), host].filter(
    (name) => name !== undefined && /^[\w.:[\]-]+$/.test(name),
  );
  const schemes = [firstOf(forwardedProto), "https", "http"].filter(
    (name) => name === "https" || name === "http",
  );
  const origins = hosts.flatMap((name) => schemes.map((scheme) => `${scheme}://${name}`));
  return [...new Set(origins)];
}

function firstOf(list: string | undefined): string | undefined {
  return list?.split(",")[0]?.trim().toLowerCase();
}
