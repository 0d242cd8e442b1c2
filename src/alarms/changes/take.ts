import type { NewTry } from "../alarm-try.ts";
import { hasEnded, presentRevision } from "../alarm.ts";
import type { AlarmChannel, TakenHow } from "../alarm.ts";
import { textChannel } from "../engine/text-channel.ts";
import { withAlarm, withEvent, withTry } from "./change.ts";
import type { Draft, StoredAlarm } from "./change.ts";
import { addTries } from "./settle.ts";
import type { SettleOptions } from "./settle.ts";

/**
 * The person or user who takes an alarm. `person`: the position in the alarm's list of people; null if this list does
 * not contain the person, such as a user of the panel.
 */
export interface Taker {
  readonly person: number | null;
  readonly name: string;
  readonly channel: AlarmChannel | null;
  readonly how: TakenHow;
}

/**
 * The result of an attempt to take an alarm. `confirmed`: the same person had already taken it. `other`: somebody else
 * had taken it. `over`: the alarm had ended.
 */
export type TakeOutcome = "taken" | "confirmed" | "other" | "over";

/**
 * Lets a person take the alarm, unless somebody else has taken it. The same change adds the texts that inform the
 * others.
 */
export function take(
  draft: Draft,
  taker: Taker,
  context: SettleOptions,
): { readonly outcome: TakeOutcome; readonly draft: Draft } {
  const { alarm } = draft;
  const { now } = context;
  if (hasEnded(alarm)) return { outcome: "over", draft };
  if (alarm.taken !== null) {
    const isSame = alarm.taken.person === taker.person && alarm.taken.name === taker.name;
    if (!isSame) return { outcome: "other", draft };
    return {
      outcome: "confirmed",
      draft: withAlarm(draft, { taken: { ...alarm.taken, confirmedAt: now } }),
    };
  }
  const taken = withAlarm(draft, {
    state: "taken",
    taken: { ...taker, at: now, confirmedAt: now },
    repeatedAt: null,
  });
  const { name: person, channel, how } = taker;
  const reported = withEvent(taken, "taken", context, { person, channel, how });
  return { outcome: "taken", draft: addTries(reported, messagesToOthers(reported, taker), context) };
}

/**
 * The texts that tell other people who has taken the alarm. People who are on the phone with the app hear it on their
 * call.
 */
function messagesToOthers({ alarm, tries }: StoredAlarm, { person: taker }: Taker): NewTry[] {
  const { inform } = alarm.terms;
  const round = tries.at(-1)?.round ?? 1;
  const { revision } = presentRevision(alarm);
  return alarm.people.flatMap((person) => {
    const own = tries.filter((made) => made.person === person.position && made.purpose === "ask");
    const isOnTheLine = own.some((made) => made.answeredAt !== null && made.outcome === null);
    const wasReached = own.some(({ sid, acceptedAt }) => sid !== null || acceptedAt !== null);
    const isInformed = inform === "all" || (inform === "reached" && wasReached);
    if (person.position === taker || isOnTheLine || !isInformed) return [];
    return [
      { person: person.position, round, revision, channel: textChannel(person), purpose: "inform" as const },
    ];
  });
}

/**
 * Passes the alarm on to the next person, because a person pressed the key for that on a call. The app does not wait
 * for this person any more, and calls the next one at once. In the present round, it does not ask this person again.
 */
export function pass(draft: Draft, tryNumber: number, now: number): Draft {
  return withTry(draft, tryNumber, { passedAt: now });
}
