import { foldName } from "../contacts/contact.ts";
import { nameOfDrill } from "./alarm-name.ts";
import { endOnRequest, hasEnded } from "./alarm.ts";
import { draftOf } from "./changes/change.ts";
import { end } from "./changes/settle.ts";
import { take } from "./changes/take.ts";
import type { TakeOutcome } from "./changes/take.ts";
import type { AcceptAlarm } from "./intake/accept-alarm.ts";
import type { AlarmControl } from "./ports.ts";
import type { AlarmRunner } from "./run-alarms.ts";

export interface AlarmButtonsOptions {
  readonly change: AlarmRunner["change"];
  readonly accept: AcceptAlarm;
  /** The language of calls, as Twilio names it (`de-DE`). */
  readonly language: () => string;
}

/** Makes the functions of the panel's buttons: take an alarm, stop it, and start a drill (a test alarm). */
export function createAlarmButtons({
  change,
  accept,
  language,
}: AlarmButtonsOptions): Pick<AlarmControl, "take" | "stop" | "startDrill"> {
  return {
    /**
     * Takes the alarm for the user of the panel. If a person of the alarm has the user's name, the app sends the
     * alarm's reminders to this person.
     */
    async take(id, name) {
      let outcome: TakeOutcome = "over";
      await change(id, (stored, context) => {
        const person = stored.alarm.people.find((one) => foldName(one.name) === foldName(name));
        const taker = { person: person?.position ?? null, name: person?.name ?? name };
        const taken = take(draftOf(stored), { ...taker, channel: null, how: "action" }, context);
        outcome = taken.outcome;
        return taken.draft;
      });
      return outcome;
    },
    async stop(id) {
      let isStopped = false;
      await change(id, (stored, context) => {
        isStopped = !hasEnded(stored.alarm);
        const draft = draftOf(stored);
        return isStopped ? end(draft, endOnRequest(stored.alarm), context) : draft;
      });
      return isStopped;
    },
    startDrill(people, message) {
      const alarm = nameOfDrill(people, language());
      const payload = { do: "start", alarm, message, people: [...people], test: true };
      return accept({ command: "alarm", payload });
    },
  };
}
