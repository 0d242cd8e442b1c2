import type { AlarmControl } from "../../alarms/ports.ts";

/** The data and actions that the pages of alarms use. */
export interface AlarmsPorts {
  readonly alarms: AlarmControl & {
    /** Lists the names of the contacts, from which the user chooses people for a drill. */
    readonly contacts: () => readonly string[];
  };
}
