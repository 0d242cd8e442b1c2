/** A name that YAML reads as a text without quotation marks. */
const PLAIN = /^(?!(?:y|n|yes|no|on|off|true|false|null)$)[a-z_][a-z0-9_]*$/;

/** The YAML that makes the actions `notify.<name>` exist: empty notify groups of Home Assistant. */
export function notifyGroupYaml(names: readonly string[]): string {
  const groups = names.flatMap((name) => [
    "  - platform: group",
    `    name: ${PLAIN.test(name) ? name : JSON.stringify(name)}`,
    "    services: []",
  ]);
  return ["notify:", ...groups].join("\n");
}
