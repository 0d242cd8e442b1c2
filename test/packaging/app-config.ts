import type { RatedApp } from "./rate-security.ts";
import { rootYaml } from "./root-file.ts";

/** What stands in `config.yaml`, as far as the tests ask for it by name. */
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

/** Names inside a nested option or a list of them, in their order. */
export function fieldsOf(option: string): string[] {
  const schema = APP_CONFIG.schema[option];
  return typeof schema === "object" ? Object.keys([schema].flat()[0] ?? {}) : [];
}
