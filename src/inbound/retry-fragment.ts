/** Twilio's Functions have addresses of their own. */
const RELAY = /\.twil\.io$/;

/**
 * What stands after the `#` of an address at `base`: in which cases Twilio tries again, as `onOwnPort` for an own address.
 * The relay waits for the app by itself and costs something each time. Source: twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 */
export function retryFragment(base: string, onOwnPort: string): string {
  return RELAY.test(base) ? "#rc=1&rp=5xx,ct" : onOwnPort;
}
