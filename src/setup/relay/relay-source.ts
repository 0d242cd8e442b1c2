/** The Function as it ships with the app, or as it stands in the account. */
export interface RelaySource {
  readonly text: string;
  /** From 1. */
  readonly version: number;
}

/** The paths of the relay. Twilio has one Function for each. */
export const RELAY_PATHS = [
  "/webhook",
  "/status/message",
  "/status/call",
  "/recording",
  "/talk",
  "/self-test",
] as const;

/** The version that a source names; null for a source that is none of ours. */
export function relayVersionIn(source: string): number | null {
  const version = /^const VERSION = (\d+);$/m.exec(source)?.[1];
  return version === undefined ? null : Number(version);
}
