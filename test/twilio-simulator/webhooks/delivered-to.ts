import type { WebhookTarget } from "./send-webhook.ts";

/**
 * The URL on this machine for a public URL of the app. `route` can name it. Otherwise a URL with the origin
 * of the number's webhook goes to the same port.
 */
export function deliveredTo(
  address: string,
  webhook: WebhookTarget | undefined,
  route: { readonly origin: string; readonly realOrigin: string },
): string {
  if (webhook?.deliverTo !== undefined && address === webhook.url) return webhook.deliverTo;
  if (route.origin !== "" && address.startsWith(route.origin))
    return route.realOrigin + address.slice(route.origin.length);
  const origin = URL.parse(address)?.origin;
  if (origin === undefined || webhook?.deliverTo === undefined || new URL(webhook.url).origin !== origin)
    return address;
  return new URL(webhook.deliverTo).origin + address.slice(origin.length);
}
