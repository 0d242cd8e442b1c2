import type { Scheduler } from "../machine/scheduler.ts";
import type { TwilioCall, TwilioMessage } from "../neighbours/twilio-account.ts";
import type { AlarmActivity, AlarmHistory } from "./alarm-history.ts";
import { alarmNameIn, contactAt } from "./alarm-people.ts";
import type { AlarmName } from "./alarm-people.ts";

/** Notes what Twilio does for alarms. */
export interface AlarmNotes {
  /** Notes that the app asks Twilio to send a call or text. */
  post(form: URLSearchParams): void;
  /** Notes a call or text at Twilio. Returns false if it does not belong to an alarm. */
  item(kind: "call" | "message", item: TwilioMessage | TwilioCall, text: string): boolean;
  /** Notes the new status of a call. */
  status(call: TwilioCall): void;
}

/** Creates the notes, which are written to the history of the alarms. */
export function createAlarmNotes(alarms: AlarmHistory, scheduler: Pick<Scheduler, "elapsed">): AlarmNotes {
  function noteActivity(name: AlarmName, what: AlarmActivity["what"], to: string): void {
    alarms.activity.push({ name, at: scheduler.elapsed(), what, to });
  }

  return {
    post(form) {
      const to = form.get("To") ?? "";
      const text = `${form.get("Body") ?? ""} ${form.get("Twiml") ?? ""}`;
      const alarm = contactAt(to) === undefined ? null : alarmNameIn(text);
      if (alarm !== null) noteActivity(alarm, form.has("Twiml") ? "asks for a call" : "asks for a text", to);
    },
    item(kind, { sid, to, statusCallback }, text) {
      const name = contactAt(to) === undefined ? null : alarmNameIn(text);
      if (name === null) return false;
      const reference = /[?&]ref=([^&#]+)/.exec(statusCallback)?.[1] ?? null;
      alarms.items.push({ kind, name, sid, to, at: scheduler.elapsed(), body: text, reference });
      noteActivity(name, kind, to);
      return true;
    },
    status({ sid, status }) {
      const item = alarms.items.find((one) => one.sid === sid);
      if (item === undefined) return;
      alarms.statuses.push({ sid, status, at: scheduler.elapsed() });
      noteActivity(item.name, "status", item.to);
    },
  };
}
