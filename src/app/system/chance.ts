import { randomBytes, randomUUID } from "node:crypto";

import type { Chance } from "../../domain/chance.ts";

/** The random values of the running app. `uuid` and `bytes` are secure. `number` is not, so it never makes a secret. */
export const SYSTEM_CHANCE: Chance = {
  number: () => Math.random(),
  uuid: () => randomUUID(),
  bytes: (count) => randomBytes(count),
};
