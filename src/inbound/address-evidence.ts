/**
 * The public addresses for which Twilio may have signed a webhook. A public address is an origin and an optional
 * path.
 */
export interface AddressEvidence {
  /** The origin and path of the signed URL. It has a port only if Twilio signed the port. */
  readonly base: string;
  /**
   * `base` with the port that the webhook's HTTP headers name. Null if the headers name no port, or if Twilio signed
   * the port. Twilio signs no port for the webhooks of phone calls over HTTPS, so this port is only a guess.
   */
  readonly hostNamedByCaller: string | null;
}

/**
 * The evidence of one webhook for the app's public address. `messageSid`: the SID of the webhook's message, so that the
 * app can count different messages. Null for a call: the signature of a call's webhook does not cover the port, so the
 * call does not count.
 */
export interface AddressSighting extends AddressEvidence {
  readonly messageSid: string | null;
}

/**
 * A public address for which Twilio signed a webhook, but which the app has not confirmed yet. `messageSids`: the
 * messages whose webhooks were signed for this address.
 */
export interface ProvisionalAddress {
  readonly base: string;
  readonly messageSids: readonly string[];
}

/** Where the app's public address comes from. */
export type AddressSource =
  | "configured"
  | "learnt"
  /**
   * The public address of the webhook relay, the app's small program at Twilio. It need not be learnt from webhooks.
   */
  | "relay"
  | "provisional";
