import type { WebhookFailure } from "../../setup/checks.ts";
import type { TwilioApi } from "../rest/client.ts";

/** Of the many alerts that a bad day has, the newest come first. */
const MOST_ALERTS = 200;

/** Twilio's errors about fetching an address: no connection, no answer, an error for an answer, no trust. */
const CANNOT_FETCH = /^112\d\d$/;

/**
 * The newest alert in Twilio's Monitor since a time about an address of ours; null where there is none, and where the
 * credentials may not ask or Twilio is away.
 */
export async function newestFailure(
  api: () => Promise<TwilioApi>,
  base: string,
  since: number,
): Promise<WebhookFailure | null> {
  try {
    const { rest } = await api();
    const alerts =
      (await rest?.monitor.v1.alerts.list({ startDate: new Date(since), limit: MOST_ALERTS })) ?? [];
    const failures = alerts.flatMap(({ errorCode, requestUrl, dateGenerated, dateCreated }) => {
      const url = CANNOT_FETCH.test(errorCode) ? within(requestUrl, base) : null;
      const at = (dateGenerated ?? dateCreated)?.getTime();
      return url === null || !(at > since) ? [] : [{ at, code: errorCode, url }];
    });
    return failures.toSorted((one, other) => other.at - one.at)[0] ?? null;
  } catch {
    return null;
  }
}

/** The address without what may be secret in it, such as a query; null where it is not below `base`. */
function within(address: string | null, base: string): string | null {
  if (address === null || !URL.canParse(address)) return null;
  const url = new URL(address);
  const { origin, pathname } = new URL(base);
  const path = pathname.replace(/\/$/, "");
  if (url.origin !== origin || !(url.pathname === path || url.pathname.startsWith(`${path}/`))) return null;
  return `${url.origin}${url.pathname}`;
}
