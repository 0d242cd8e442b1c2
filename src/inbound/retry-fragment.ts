/** The host of a Twilio Function. */
const RELAY = /\.twil\.io$/;

/**
 * The fragment of a webhook address, which sets Twilio's retries. The relay has its own, because it waits for the app by
 * itself, and each retry costs money. Source: twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 *
 * @param base the address before the path
 * @param ownFragment the fragment for an own address, with its `#`
 */
export function retryFragment(base: string, ownFragment: string): string {
  return RELAY.test(base) ? "#rc=1&rp=5xx,ct" : ownFragment;
}
