import type { TwilioClock } from "../../inbound/relay/ports.ts";
import { toLocalTime, toTwilioTime } from "../../inbound/twilio-time.ts";
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
 * @param since only later alerts count; milliseconds since 1970 by this machine's clock
 */
export async function newestFailure(
  { api, twilioClock }: { readonly api: () => Promise<TwilioApi>; readonly twilioClock: TwilioClock },
  base: string,
  since: number,
): Promise<WebhookFailure | null> {
  try {
    const { rest } = await api();
    const startDate = new Date(toTwilioTime(since, twilioClock));
    const alerts = (await rest?.monitor.v1.alerts.list({ startDate, limit: MOST_ALERTS })) ?? [];
    const failures = alerts.flatMap(({ errorCode, requestUrl, dateGenerated, dateCreated }) => {
      const url = CANNOT_FETCH.test(errorCode) ? within(requestUrl, base) : null;
      const generated = dateGenerated ?? dateCreated;
      if (url === null || generated === undefined) return [];
      const at = toLocalTime(generated.getTime(), twilioClock);
      return at > since ? [{ at, code: errorCode, url }] : [];
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
