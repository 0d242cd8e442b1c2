/** The public addresses under which a webhook's signature is valid. A base is an origin and an optional path. */
export interface AddressEvidence {
  /** The base in the signed URL, with a port only if the port was signed. */
  readonly base: string;
  /**
   * `base` with the port in the HTTP headers, if the port was not signed; else null. Twilio does not sign the port for
   * calls over HTTPS, so this is only a guess.
   */
  readonly hostNamedByCaller: string | null;
}

/**
 * The evidence in one webhook, with its message. `messageSid` is null for calls, whose signatures do not contain the
 * port.
 */
export interface AddressSighting extends AddressEvidence {
  readonly messageSid: string | null;
}

/** A public address for which a webhook was signed and that is not confirmed yet, with the messages signed for it. */
export interface ProvisionalAddress {
  readonly base: string;
  readonly messageSids: readonly string[];
}

/** The source of the app's public address. */
export type AddressSource =
  | "configured"
  | "learnt"
  /** The webhook relay, whose public address is never learnt. */
  | "relay"
  | "provisional";
