import type { Action, Schedule } from "./schedule.ts";

/** Actions that are no fault. */
export const NO_FAULT: ReadonlySet<Action["kind"]> = new Set([
  "message comes",
  "message meets",
  "call comes",
  "callers hang up",
  "automation asks",
  "alarm starts",
  "alarm is asked",
  "person calls",
]);

/** Actions after which the app, its computer and Home Assistant still work. */
export const CALM: ReadonlySet<Action["kind"]> = new Set([
  "message comes",
  "message meets",
  "call comes",
  "callers hang up",
  "automation asks",
  "alarm starts",
  "alarm is asked",
  "person calls",
  "Twilio fails",
  "webhooks fail",
  "relay fails",
  "note is forged",
]);

/**
 * Whether the app, its computer and Home Assistant work for the whole run, and Twilio accepts what the app sends. Only
 * webhooks may be late or lost.
 */
export function isUndisturbed({ steps }: Pick<Schedule, "steps">): boolean {
  return steps.every(({ action }) => CALM.has(action.kind) && action.kind !== "Twilio fails");
}

/** Whether the only faults are those of webhooks, and changes of the computer's clock. */
export function isOnlyClockSet({ steps }: Pick<Schedule, "steps">): boolean {
  return isUndisturbed({ steps: steps.filter(({ action }) => action.kind !== "clock is set") });
}
