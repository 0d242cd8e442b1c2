import type { Clock } from "../../domain/clock.ts";
import type { TwilioClock } from "../../inbound/relay/ports.ts";
import type { HttpClient } from "./http-client.ts";

/** If an answer took longer than this, in milliseconds, it is too imprecise for comparing clocks. */
const MOST_ROUND_TRIP_MS = 5_000;
/**
 * The resolution of the header `Date`, in milliseconds. Twilio's real time was up to this much later than the header's.
 */
const RESOLUTION_MS = 1_000;

/**
 * The lowest and the highest possible difference between Twilio's clock and the monotonic clock, in milliseconds.
 * Nobody can set the monotonic clock, unlike the system clock.
 */
interface Bounds {
  readonly least: number;
  readonly most: number;
}

/**
 * Wraps an HTTP client, and measures the difference to Twilio's clock by the header `Date` of each fast answer. Each
 * answer gives a lowest and a highest difference; several answers together make them more exact.
 *
 * The machine's clock counts as right until an answer shows the opposite.
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
        // The monotonic clock has fractions of milliseconds, but the journal only stores whole ones.
        return Math.trunc(Math.min(Math.max(0, bounds.least - startedAt), bounds.most - startedAt));
      },
    },
  };
}

/**
 * Returns the range that both bounds have in common. If the bounds have no common range, Twilio's clock has been set,
 * so only the new bounds count.
 */
function narrowed(known: Bounds | null, measured: Bounds): Bounds {
  if (known === null) return measured;
  const least = Math.max(known.least, measured.least);
  const most = Math.min(known.most, measured.most);
  return least <= most ? { least, most } : measured;
}
