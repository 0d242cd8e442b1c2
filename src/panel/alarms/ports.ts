import type { AlarmControl } from "../../alarms/ports.ts";

/** What the alarms' pages show and do. */
export interface AlarmsPorts {
  readonly alarms: AlarmControl & {
    /** The names of the contacts, for a drill. */
    readonly contacts: () => readonly string[];
  };
}
