import { ROUTES } from "../../domain/events/webhook-routes.ts";

/**
 * The source text of the webhook relay: the text in this version of the app, or the text that is deployed at Twilio.
 */
export interface RelaySource {
  readonly text: string;
  /** The version number of the source text, from 1. */
  readonly version: number;
}

/**
 * The path of the relay to which the app sends requests that test the whole way from Twilio to the app and back. The
 * app does not store such a request.
 */
export const SELF_TEST_PATH = "/self-test";

/**
 * The paths of the relay. Twilio has one Function for each path, all with the same source text. `addon/relay/relay.js`
 * lists the same paths.
 */
export const RELAY_PATHS: readonly string[] = [...ROUTES.keys(), SELF_TEST_PATH];

/** The version number in the source text of a Function; null if the text is not from this app. */
export function relayVersionIn(source: string): number | null {
  const version = /^const VERSION = (\d+);$/m.exec(source)?.[1];
  return version === undefined ? null : Number(version);
}
