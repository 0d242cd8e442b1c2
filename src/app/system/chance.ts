import { randomBytes, randomUUID } from "node:crypto";

import type { Chance } from "../../domain/chance.ts";

/** Random values from the operating system. */
export const SYSTEM_CHANCE: Chance = {
  number: () => Math.random(),
  uuid: () => randomUUID(),
  bytes: (count) => randomBytes(count),
};
