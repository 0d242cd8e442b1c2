/** The end of the host name of all Twilio Functions. */
const RELAY = /\.twil\.io$/;

/**
 * Returns the fragment (`#…`) of a webhook's URL, which sets how often Twilio sends the webhook again. At the webhook
 * relay (a Twilio Function), Twilio sends less often again, because the relay itself waits for the app and each request
 * costs money. Source: twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 *
 * @param base the public address with which the URL begins
 * @param ownFragment the fragment for the app's own public address, with its `#`
 */
export function retryFragment(base: string, ownFragment: string): string {
  return RELAY.test(base) ? "#rc=1&rp=5xx,ct" : ownFragment;
}
