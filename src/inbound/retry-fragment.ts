/** The end of the host name of all Twilio Functions. */
const RELAY = /\.twil\.io$/;

/**
 * Returns the fragment (`#…`) of a webhook's URL, which sets how often Twilio sends the webhook again. The webhook
 * relay (a Twilio Function) waits for the app by itself, and each HTTP request to the relay costs money. So Twilio
 * repeats a webhook to the relay at most once. Source: twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 *
 * @param base the public address with which the URL begins
 * @param ownFragment the fragment for the app's own public address, with its `#`; empty for none
 */
export function retryFragment(base: string, ownFragment: string): string {
  return RELAY.test(base) ? "#rc=1&rp=5xx,ct" : ownFragment;
}
