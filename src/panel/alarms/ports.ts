import type { AlarmControl } from "../../alarms/ports.ts";

/** What the pages of alarms need from the rest of the app. */
export interface AlarmsPorts {
  readonly alarms: AlarmControl & {
    /** Lists the names of the contacts, from which the user chooses people for a drill. */
    readonly contacts: () => readonly string[];
  };
}
