import type { NumberSettings } from "./number-webhooks.ts";
import type { PreviousSettingsMemory } from "./ports.ts";

interface Entry {
  readonly before: NumberSettings;
  /** The settings that the app wrote to the number. */
  readonly written: NumberSettings;
}

/** Stores which settings numbers had before the app changed them. A number is named by its SID. */
export function createPreviousSettings(memory: PreviousSettingsMemory) {
  function all(): Record<string, Entry> {
    const json = memory.get("numbers_before");
    return json === null ? {} : (JSON.parse(json) as Record<string, Entry>);
  }

  return {
    settingsOf: (sid: string): NumberSettings | null => all()[sid]?.before ?? null,
    /**
     * Stores the settings `present`, before the app writes `written`. If the app itself wrote the present value of a
     * field, the value that was stored earlier for this field stays.
     */
    save(sid: string, present: NumberSettings, written: NumberSettings): void {
      const known = all();
      const entry: Entry = { before: settingsBefore(present, known[sid]), written };
      memory.set("numbers_before", JSON.stringify({ ...known, [sid]: entry }));
    },
    remove(sid: string): void {
      const { [sid]: _gone, ...rest } = all();
      memory.set("numbers_before", JSON.stringify(rest));
    },
  };
}

function settingsBefore(present: NumberSettings, earlier: Entry | undefined): NumberSettings {
  if (earlier === undefined) return present;
  const names = Object.keys(present) as (keyof NumberSettings)[];
  const own = names.filter((name) => present[name] === earlier.written[name]);
  return { ...present, ...Object.fromEntries(own.map((name) => [name, earlier.before[name]])) };
}
