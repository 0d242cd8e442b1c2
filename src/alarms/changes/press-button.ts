import { presentRevision } from "../alarm.ts";
import type { AlarmPerson } from "../alarm.ts";
import { withPerson } from "./change.ts";
import type { Draft } from "./change.ts";
import { addTries } from "./settle.ts";
import type { SettleOptions } from "./settle.ts";
import { take } from "./take.ts";

/**
 * Takes the alarm for a person who has pressed the button of a push. If somebody else has taken the alarm, the app
 * tells the person so by a push, one time.
 */
export function pressButton(draft: Draft, person: AlarmPerson, context: SettleOptions): Draft {
  const { position, name, knowsOwner } = person;
  const taker = { person: position, name, channel: "push", how: "push" } as const;
  const { outcome, draft: taken } = take(draft, taker, context);
  if (outcome !== "other" || knowsOwner) return taken;
  const made = {
    person: position,
    round: taken.tries.at(-1)?.round ?? 1,
    revision: presentRevision(taken.alarm).revision,
    channel: "push",
    purpose: "inform",
  } as const;
  return addTries(withPerson(taken, position, { knowsOwner: true }), [made], context);
}
