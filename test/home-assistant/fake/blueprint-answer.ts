type Message = Readonly<Record<string, unknown>>;

/** Core's answer to `blueprint/list` and `blueprint/save`: a result, or an error code. Stores the texts by path. */
export function blueprintAnswer(
  blueprints: Map<string, string>,
  { type, path, yaml, allow_override: mayOverride }: Message,
): { readonly result: object } | { readonly code: string } {
  if (type === "blueprint/list") {
    return { result: Object.fromEntries([...blueprints.keys()].map((name) => [name, { metadata: {} }])) };
  }
  const exists = blueprints.has(String(path));
  if (exists && mayOverride !== true) return { code: "already_exists" };
  blueprints.set(String(path), String(yaml));
  return { result: { overrides_existing: exists } };
}
