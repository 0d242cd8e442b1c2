import type { Clock } from "../../domain/clock.ts";
import type { TwilioClock } from "../../inbound/relay/ports.ts";
import type { HttpClient } from "./http-client.ts";

/** An answer that took longer than this, in milliseconds, is too imprecise to compare clocks. */
const MOST_ROUND_TRIP_MS = 5_000;
/** The header `Date` has whole seconds, so half a second has passed on average. */
const HALF_SECOND_MS = 500;
/** A smaller difference, in milliseconds, comes from the imprecision of `Date` and the network. */
const LEAST_DIFFERENCE_MS = 2_000;

/** Wraps an HTTP client, and measures the difference to Twilio's clock in the header `Date` of each answer. */
export function watchClock(
  httpClient: HttpClient,
  clock: Clock,
): { readonly httpClient: HttpClient; readonly twilioClock: TwilioClock } {
  let aheadMs = 0;

  return {
    httpClient: {
      async request(asked) {
        const askedAt = clock.now();
        const answer = await httpClient.request(asked);
        const answeredAt = clock.now();
        const twilioTime = Date.parse(answer.headers["date"] ?? "");
        const took = answeredAt - askedAt;
        if (!Number.isNaN(twilioTime) && took >= 0 && took <= MOST_ROUND_TRIP_MS) {
          const difference = twilioTime + HALF_SECOND_MS - (askedAt + took / 2);
          aheadMs = Math.abs(difference) < LEAST_DIFFERENCE_MS ? 0 : Math.round(difference);
        }
        return answer;
      },
    },
    twilioClock: { aheadMs: () => aheadMs },
  };
}
