import type { WebhookTarget } from "./send-webhook.ts";

/**
 * Where a request to `address` really goes: the house's public name is no name on this machine. What `route` leads
 * elsewhere goes there; without it, what has the origin of the number's webhook goes where that one does.
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
