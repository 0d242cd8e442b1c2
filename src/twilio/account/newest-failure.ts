import type { WebhookFailure } from "../../setup/checks.ts";
import type { TwilioApi } from "../rest/client.ts";

/** How many of the newest alerts the app reads. */
const MOST_ALERTS = 200;

/** Matches Twilio's errors about a webhook URL: no connection, no answer, an HTTP error or an invalid certificate. */
const CANNOT_FETCH = /^112\d\d$/;

/**
 * Finds the newest alert in Twilio's Monitor about a webhook URL of this app. Returns null if Monitor has no such
 * alert. Also returns null if the credentials do not allow the app to read Monitor, or if Twilio cannot be reached.
 *
 * @param base the app's public address
 * @param since only later alerts count; milliseconds since 1970
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

/** Removes the query from a URL, because it may be secret. Returns null if the URL is not below `base`. */
function within(address: string | null, base: string): string | null {
  if (address === null || !URL.canParse(address)) return null;
  const url = new URL(address);
  const { origin, pathname } = new URL(base);
  const path = pathname.replace(/\/$/, "");
  if (url.origin !== origin || !(url.pathname === path || url.pathname.startsWith(`${path}/`))) return null;
  return `${url.origin}${url.pathname}`;
}
