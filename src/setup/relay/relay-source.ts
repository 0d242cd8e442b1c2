/** The Function as it ships with the app, or as it stands in the account. */
export interface RelaySource {
  readonly text: string;
  /** From 1. */
  readonly version: number;
}

/** A path of the relay alone, on which the app tries the whole way. Nothing of it is stored. */
export const SELF_TEST_PATH = "/self-test";

/** The paths of the relay. Twilio has one Function for each. */
export const RELAY_PATHS: readonly string[] = [
  "/webhook",
  "/status/message",
  "/status/call",
  "/recording",
  "/talk",
  SELF_TEST_PATH,
];

/** The version that a source names; null for a source that is none of ours. */
export function relayVersionIn(source: string): number | null {
  const version = /^const VERSION = (\d+);$/m.exec(source)?.[1];
  return version === undefined ? null : Number(version);
}
