import type { RatedApp } from "./rate-security.ts";
import { rootYaml } from "./root-file.ts";

/** The parts of `config.yaml` that tests read by name. */
export interface AppConfig extends RatedApp {
  readonly name: string;
  readonly version: string;
  readonly slug: string;
  readonly description: string;
  readonly url: string;
  readonly arch: readonly string[];
  readonly homeassistant: string;
  readonly ports: Readonly<Record<string, number>>;
  readonly backup_pre: string;
  readonly backup_exclude: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly schema: Readonly<
    Record<string, string | Record<string, string> | readonly [Record<string, string>]>
  >;
}

export const APP_CONFIG = rootYaml<AppConfig>("config.yaml");

/** The names of the fields of a nested option or of a list, in order. */
export function fieldsOf(option: string): string[] {
  const schema = APP_CONFIG.schema[option];
  return typeof schema === "object" ? Object.keys([schema].flat()[0] ?? {}) : [];
}
