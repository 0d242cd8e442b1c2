import { readFileSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { expect, test, vi } from "vitest";

import { startProcessHouse } from "./start-process-house.ts";

test("a journal that becomes damaged while the app runs is moved away at once, and the app continues with an empty one", async () => {
  await using house = await startProcessHouse(new URL("small-cache.ts", import.meta.url));
  for (let n = 0; n < 40; n += 1) expect((await house.post(house.message(`before ${n}`))).status).toBe(200);
  await vi.waitFor(() => expect(house.home.fired).toHaveLength(40));

  const file = join(house.directory, "journal.db");
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0x5a, 4096));
  await vi.waitFor(
    async () => {
      await house.post(house.message("meets the damage")).catch(() => null);
      expect(await readdir(house.directory)).toContainEqual(expect.stringContaining("journal.db.damaged-"));
    },
    { interval: 20 },
  );
  await vi.waitFor(() => expect(JSON.stringify(house.home.called)).toContain("twilio_journal_lost"));
  expect(await house.health()).toBe(200);
  expect((await house.post(house.message("after"))).status).toBe(200);
});
