/** Matches a name that YAML reads as a text even without quotation marks. */
const PLAIN = /^(?!(?:y|n|yes|no|on|off|true|false|null)$)[a-z_][a-z0-9_]*$/;

/** The YAML for configuration.yaml that makes the actions `notify.<name>` exist. Each is an empty notify group. */
export function notifyGroupYaml(names: readonly string[]): string {
  const groups = names.flatMap((name) => [
    "  - platform: group",
    `    name: ${PLAIN.test(name) ? name : JSON.stringify(name)}`,
    "    services: []",
  ]);
  return ["notify:", ...groups].join("\n");
}
