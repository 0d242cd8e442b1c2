import type { Action } from "./schedule.ts";

/** What leaves the app, its computer and Home Assistant well. */
export const CALM: ReadonlySet<Action["kind"]> = new Set([
  "message comes",
  "call comes",
  "automation asks",
  "Twilio fails",
  "webhooks fail",
]);
