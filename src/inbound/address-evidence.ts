/** What the signature of a webhook says about the app's public address. A base is an origin and an optional path. */
export interface AddressEvidence {
  /** As it stands in the URL that was signed, with its port only if that was signed as well. */
  readonly base: string;
  /**
   * The same with the port that the request's headers name, where the signature leaves it out; else null. Twilio
   * leaves the port out for calls over HTTPS, so that this is only a guess.
   */
  readonly hostNamedByCaller: string | null;
}

/** A proof and what it came with. `messageSid` is null for calls, whose signatures say nothing about the port. */
export interface AddressSighting extends AddressEvidence {
  readonly messageSid: string | null;
}

/** An address that a webhook was signed for and that is not confirmed yet, with the messages that speak for it. */
export interface ProvisionalAddress {
  readonly base: string;
  readonly messageSids: readonly string[];
}

/** Where the app has its public address from. */
export type AddressSource =
  | "configured"
  | "learnt"
  /** Of the webhook relay. Nothing is learnt from it. */
  | "relay"
  | "provisional";
