import { isDamage } from "./sqlite-errors.ts";

export interface DamageWatch {
  /** Resolves when an error says that the journal is damaged: it has to be opened anew. */
  readonly damaged: Promise<void>;
  readonly notice: (error: unknown) => void;
  /** The same part, whose functions tell of damage that they meet. */
  watched<Part extends object>(part: Part): Part;
}

/** Damage shows where a page is read that was not read before, in a transaction or outside of one. */
export function createDamageWatch(): DamageWatch {
  const found = Promise.withResolvers<void>();

  function notice(error: unknown): void {
    if (isDamage(error)) found.resolve();
  }

  return {
    damaged: found.promise,
    notice,
    watched: (part) =>
      new Proxy(part, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name);
          if (typeof value !== "function") return value;
          return (...args: unknown[]): unknown => {
            try {
              return Reflect.apply(value, target, args);
            } catch (error) {
              notice(error);
              throw error;
            }
          };
        },
      }),
  };
}
