import { expect, test } from "vitest";

import { countPlaces } from "../bundle/bundle-app.ts";
import { MUTATIONS } from "./mutations.ts";

test.each(MUTATIONS.map((mutation) => [mutation.name, mutation] as const))(
  'the source text that the mutation "%s" replaces exists exactly once',
  async (_, mutation) => {
    expect(await countPlaces(mutation)).toBe(1);
    expect(mutation.to).not.toBe(mutation.from);
  },
);
