import type { Action } from "./schedule.ts";

/** What is no fault at all. */
export const NO_FAULT: ReadonlySet<Action["kind"]> = new Set([
  "message comes",
  "message meets",
  "call comes",
  "automation asks",
  "alarm starts",
  "alarm is asked",
]);

/** What leaves the app, its computer and Home Assistant well. */
export const CALM: ReadonlySet<Action["kind"]> = new Set([
  "message comes",
  "message meets",
  "call comes",
  "automation asks",
  "alarm starts",
  "alarm is asked",
  "Twilio fails",
  "webhooks fail",
  "relay fails",
  "note is forged",
]);
