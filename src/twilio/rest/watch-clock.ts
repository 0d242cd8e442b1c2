import type { Clock } from "../../domain/clock.ts";
import type { TwilioClock } from "../../inbound/relay/ports.ts";
import type { HttpClient } from "./http-client.ts";

/** An answer that took longer than this, in milliseconds, is too imprecise to compare clocks. */
const MOST_ROUND_TRIP_MS = 5_000;
/** The header `Date` has whole seconds, so the real time was up to this much later, in milliseconds. */
const RESOLUTION_MS = 1_000;

/**
 * The lowest and the highest difference between Twilio's clock and the monotonic clock, in milliseconds. Nobody sets the
 * monotonic clock.
 */
interface Bounds {
  readonly least: number;
  readonly most: number;
}

/**
 * Wraps an HTTP client, and measures the difference to Twilio's clock in the header `Date` of each answer. Each answer
 * gives bounds, and those of several answers together are narrower. The machine's clock counts as right until an answer
 * shows the opposite.
 */
export function watchClock(
  httpClient: HttpClient,
  clock: Clock,
): { readonly httpClient: HttpClient; readonly twilioClock: TwilioClock } {
  let bounds: Bounds | null = null;

  return {
    httpClient: {
      async request(asked) {
        const askedAt = clock.monotonic();
        const answer = await httpClient.request(asked);
        const answeredAt = clock.monotonic();
        const twilioTime = Date.parse(answer.headers["date"] ?? "");
        if (!Number.isNaN(twilioTime) && answeredAt - askedAt <= MOST_ROUND_TRIP_MS)
          bounds = narrowed(bounds, {
            least: twilioTime - answeredAt,
            most: twilioTime + RESOLUTION_MS - askedAt,
          });
        return answer;
      },
    },
    twilioClock: {
      aheadMs() {
        if (bounds === null) return 0;
        const startedAt = clock.now() - clock.monotonic();
        return Math.min(Math.max(0, bounds.least - startedAt), bounds.most - startedAt);
      },
    },
  };
}

/** The common part of both bounds. If there is none, Twilio's clock was set, so the new ones count. */
function narrowed(known: Bounds | null, measured: Bounds): Bounds {
  if (known === null) return measured;
  const least = Math.max(known.least, measured.least);
  const most = Math.min(known.most, measured.most);
  return least <= most ? { least, most } : measured;
}
