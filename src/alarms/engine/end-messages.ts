import type { AlarmTry, NewTry } from "../alarm-try.ts";
import { presentRevision } from "../alarm.ts";
import type { Alarm, AlarmPerson } from "../alarm.ts";

/**
 * The messages that tell people, after an alarm's end, that nobody took the alarm. Each person gets one, by the first
 * channel of `at_end` that the person has. If this message fails, the next channel is used.
 */
export function endMessages(alarm: Alarm, tries: readonly AlarmTry[]): NewTry[] {
  if (alarm.state !== "unanswered" && alarm.state !== "blocked") return [];
  const { revision } = presentRevision(alarm);
  const round = tries.at(-1)?.round ?? 1;
  return alarm.people.flatMap((person) => {
    const made = tries.filter((one) => one.purpose === "end" && one.person === person.position);
    if (made.some(({ outcome }) => outcome === null || outcome === "delivered" || outcome === "doubtful"))
      return [];
    const channel = channelsAtEnd(alarm, person).find((one) => !made.some((other) => other.channel === one));
    if (channel === undefined) return [];
    return [{ person: person.position, round, revision, channel, purpose: "end" as const }];
  });
}

function channelsAtEnd({ terms }: Alarm, { push }: AlarmPerson): ("sms" | "push")[] {
  return terms.atEnd.filter((channel) => channel === "sms" || push !== null);
}
