import type { NumberSettings } from "../domain/number-webhooks.ts";

export interface SettingsBeforeOptions {
  /** JSON, kept over restarts; null for none yet. */
  readonly kept: () => string | null;
  readonly keep: (json: string) => void;
}

interface Entry {
  readonly before: NumberSettings;
  /** What the app entered in its place. */
  readonly written: NumberSettings;
}

/** What numbers had before the app entered its addresses, by SID. */
export function createSettingsBefore({ kept, keep }: SettingsBeforeOptions) {
  function all(): Record<string, Entry> {
    const json = kept();
    return json === null ? {} : (JSON.parse(json) as Record<string, Entry>);
  }

  return {
    of: (sid: string): NumberSettings | null => all()[sid]?.before ?? null,
    /** What the app itself entered earlier is not what was before it. */
    keep(sid: string, present: NumberSettings, written: NumberSettings): void {
      const known = all();
      const earlier = known[sid];
      const isOwn = earlier !== undefined && JSON.stringify(earlier.written) === JSON.stringify(present);
      keep(JSON.stringify({ ...known, [sid]: { before: isOwn ? earlier.before : present, written } }));
    },
    forget(sid: string): void {
      const { [sid]: _gone, ...rest } = all();
      keep(JSON.stringify(rest));
    },
  };
}
