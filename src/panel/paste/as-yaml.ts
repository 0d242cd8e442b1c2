import { stringify } from "yaml";

/** YAML that means the same to Home Assistant, which reads version 1.1: there `on` and `12:30` are no texts. */
export function asYaml(value: object): string {
  return stringify(value, { version: "1.1", lineWidth: 0, defaultStringType: "PLAIN" }).trimEnd();
}
