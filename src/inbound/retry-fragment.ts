/** The host of a Twilio Function. */
const RELAY = /\.twil\.io$/;

/**
 * The fragment of a webhook URL, which sets Twilio's retries. The relay has its own fragment, because it waits for the
 * app by itself, and each retry costs money. Source: twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 *
 * @param base the public address, which begins the URL
 * @param ownFragment the fragment for the app's own public address, with its `#`
 */
export function retryFragment(base: string, ownFragment: string): string {
  return RELAY.test(base) ? "#rc=1&rp=5xx,ct" : ownFragment;
}
