import type { lookup } from "node:dns";

/** Replaces `dns.lookup`, and resolves only these names. `looked` counts the look-ups of each name. */
export function lookupOnly(
  names: Readonly<Record<string, readonly string[]>>,
  looked: string[] = [],
): typeof lookup {
  function lookUp(
    name: string,
    _options: unknown,
    done: (error: Error | null, found: { address: string; family: number }[]) => void,
  ): void {
    looked.push(name);
    const found = (names[name] ?? []).map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    done(found.length === 0 ? new Error(`ENOTFOUND ${name}`) : null, found);
  }
  // The form for `all: true`, which the tests always use.
  return lookUp as unknown as typeof lookup;
}
