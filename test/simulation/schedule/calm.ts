import type { Action } from "./schedule.ts";

/** Actions that are no fault. */
export const NO_FAULT: ReadonlySet<Action["kind"]> = new Set([
  "message comes",
  "message meets",
  "call comes",
  "automation asks",
  "alarm starts",
  "alarm is asked",
]);

/** Actions after which the app, its computer and Home Assistant still work. */
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
