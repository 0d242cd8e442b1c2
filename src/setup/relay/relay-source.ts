import { ROUTES } from "../../domain/events/webhook-routes.ts";

/** The source text of the relay's Function: the one of this app, or the deployed one. */
export interface RelaySource {
  readonly text: string;
  /** The version of the Function, from 1. */
  readonly version: number;
}

/** A path that only the relay has. The app uses it to test the complete path, and stores nothing of such a request. */
export const SELF_TEST_PATH = "/self-test";

/**
 * The paths of the relay. Twilio has one Function for each. `addon/relay/relay.js` has the same paths, and the URL
 * parameter of each.
 */
export const RELAY_PATHS: readonly string[] = [...ROUTES.keys(), SELF_TEST_PATH];

/** The version in the source text of a Function; null if the Function is not from this app. */
export function relayVersionIn(source: string): number | null {
  const version = /^const VERSION = (\d+);$/m.exec(source)?.[1];
  return version === undefined ? null : Number(version);
}
