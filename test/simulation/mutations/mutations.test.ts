import { expect, test } from "vitest";

import { countPlaces } from "../bundle/bundle-app.ts";
import { MUTATIONS } from "./mutations.ts";

test.each(MUTATIONS.map((mutation) => [mutation.name, mutation] as const))(
  "the app can be made to do what is wrong: it %s",
  async (_, mutation) => {
    expect(await countPlaces(mutation)).toBe(1);
    expect(mutation.to).not.toBe(mutation.from);
  },
);
