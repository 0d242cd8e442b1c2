/** Twilio's Functions have addresses of their own. */
const RELAY = /\.twil\.io$/;

/** Whether a base is the webhook relay's. */
export function isRelayBase(base: string): boolean {
  return RELAY.test(base);
}

/**
 * What stands after the `#` of an address at `base`: in which cases Twilio tries again, as `otherwise` for an own address.
 * The relay waits for the app by itself and costs something each time. Source: twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 */
export function retryFragment(base: string, otherwise: string): string {
  return isRelayBase(base) ? "#rc=1&rp=5xx,ct" : otherwise;
}
