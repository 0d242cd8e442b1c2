import { parseYaml } from "../../../src/home-assistant/scripts/yaml.ts";
import { replaceInputs } from "../../../src/provisioning/blueprint-inputs.ts";

type Message = Readonly<Record<string, unknown>>;

/**
 * Core's answer to `blueprint/list`, `blueprint/save` and `blueprint/substitute`: a result, or an error code. Stores the
 * texts by path.
 */
export function blueprintAnswer(
  blueprints: Map<string, string>,
  { type, path, yaml, input, allow_override: mayOverride }: Message,
): { readonly result: object } | { readonly code: string } {
  if (type === "blueprint/list") {
    const listed = [...blueprints].map(([name, text]) => [name, { metadata: read(text)["blueprint"] ?? {} }]);
    return { result: Object.fromEntries(listed) };
  }
  if (type === "blueprint/substitute") {
    const { blueprint: _form, ...body } = read(blueprints.get(String(path)) ?? "");
    const inputs = input as Readonly<Record<string, string>>;
    return { result: { substituted_config: replaceInputs(body, (name) => inputs[name] ?? "") } };
  }
  const exists = blueprints.has(String(path));
  if (exists && mayOverride !== true) return { code: "already_exists" };
  blueprints.set(String(path), String(yaml));
  return { result: { overrides_existing: exists } };
}

function read(yaml: string): Message {
  const parsed = parseYaml(yaml);
  return typeof parsed === "object" && parsed !== null ? (parsed as Message) : {};
}
