import { readdir } from "node:fs/promises";

import { describe, expect, test, vi } from "vitest";

import { whyNoSmallDisk } from "./small-disk.ts";
import { startDiskHouse } from "./start-disk-house.ts";
import type { DiskHouse } from "./start-disk-house.ts";

const missing = await whyNoSmallDisk();
const skipped = missing === null ? "" : ` (SKIPPED: ${missing})`;
const LONG = "x".repeat(1_500);

const errors = (house: DiskHouse): string[] => house.lines.filter((line) => / ERROR /.test(line));
const firedTexts = (house: DiskHouse): unknown[] => house.home.fired.map(({ data }) => data["Body"]);

// In CI the tests run and fail if no file system can be mounted, because a skipped suite looks like a passed one.
describe.runIf(missing === null || process.env["CI"]).each([1024, 4096] as const)(
  `on a small disk with blocks of %i bytes${skipped}`,
  (blockBytes) => {
    test("an app that starts on a full disk answers 503, logs the reason once, and works when there is free space", async () => {
      await using house = await startDiskHouse({ blockBytes });
      house.disk.fill();
      const app = await house.start();
      await house.until(503);
      const webhook = house.message("hello");
      expect(await house.post(webhook)).toBe(503);
      expect(await house.status("/anything")).toBe(503);
      expect(await house.status("/health", "panel")).toBe(503);
      const [english, german] = [await house.page("en"), await house.page("de-AT,de;q=0.9,en;q=0.8")];
      expect([english.status, german.status]).toEqual([503, 503]);
      expect(english.html).toContain("The disk with the app&#39;s data is full.");
      expect(german.html).toContain("Der Datenträger mit den Daten der App ist voll.");
      const tries = (): string[] => house.lines.filter((line) => line.includes("The app still cannot start"));
      await vi.waitFor(() => expect(tries().length).toBeGreaterThan(1), { timeout: 30_000 });
      expect(errors(house)).toEqual([
        expect.stringMatching(
          /The app cannot start: the disk is full \(.*ENOSPC.*Free up.*do not need to restart/,
        ),
      ]);

      house.disk.makeRoom();
      await house.until(200);
      expect(await house.post(webhook)).toBe(200);
      await vi.waitFor(() => expect(firedTexts(house)).toEqual(["hello"]), { timeout: 15_000 });
      expect(errors(house)).toHaveLength(1);
      expect(house.lines.join("\n")).toMatch(/INFO +The data folder can be used again/);
      expect((await house.page("en")).status).toBe(200);
      // The journal does not count as lost.
      expect(house.lines.join("\n")).not.toContain("(journal) was");
      await app[Symbol.asyncDispose]();
      expect(await app.ended).toBe(0);
    });

    test("after a kill and starts on a full disk, acknowledged webhooks are fired as soon as the disk has space again", async () => {
      await using house = await startDiskHouse({ blockBytes });
      const first = await house.start();
      await first.logged(/Connected to Home Assistant/);
      house.home.behaviour.ignoreEvents = true;
      const webhooks = Array.from({ length: 40 }, (_none, n) => house.message(`${n} ${LONG}`));
      const statuses: number[] = [];
      for (const webhook of webhooks.slice(0, 10)) statuses.push(await house.post(webhook));
      expect(new Set(statuses)).toEqual(new Set([200]));
      house.disk.fill();
      for (const webhook of webhooks.slice(10)) statuses.push(await house.post(webhook));
      expect(new Set(statuses.slice(-5))).toEqual(new Set([503]));
      expect(await house.status("/health")).toBe(503);
      await first.kill();

      const second = await house.start();
      await house.until(503);
      await second.logged(/The app cannot start: the disk is full/);
      await second.kill();

      const third = await house.start();
      await house.until(503);
      house.home.behaviour.ignoreEvents = false;
      house.home.fired.length = 0;
      house.disk.makeRoom();
      await house.until(200);
      // Like Twilio, repeat only those webhooks that the app has not acknowledged.
      const repeated = webhooks.filter((_webhook, n) => statuses[n] !== 200);
      for (const webhook of repeated) expect(await house.post(webhook)).toBe(200);
      await vi.waitFor(
        () => expect(new Set(firedTexts(house))).toEqual(new Set(webhooks.map((webhook) => webhook["Body"]))),
        { timeout: 15_000 },
      );
      await third[Symbol.asyncDispose]();
      expect(await third.ended).toBe(0);
      expect(await readdir(house.dataDir)).not.toContainEqual(expect.stringMatching(/damaged|-room/));
    });

    test("an app whose disk becomes full several times keeps running", async () => {
      await using house = await startDiskHouse({ blockBytes });
      const app = await house.start();
      await app.logged(/Connected to Home Assistant/);
      for (const freeBytes of [0, 40_000, 100_000]) {
        house.disk.fill(freeBytes);
        await vi.waitFor(async () => expect(await house.post(house.message(LONG))).toBe(503), {
          timeout: 30_000,
          interval: 0,
        });
        await house.until(503);
        house.disk.makeRoom();
        await house.until(200);
        expect(await house.post(house.message("room"))).toBe(200);
      }
      await app[Symbol.asyncDispose]();
      expect(await app.ended).toBe(0);
    });

    test("the log and the panel name a read-only disk, and the app starts completely when the disk is writable", async () => {
      await using house = await startDiskHouse({ blockBytes });
      await house.disk.setReadOnly(true);
      const app = await house.start();
      await house.until(503);
      expect(await house.post(house.message("x"))).toBe(503);
      expect((await house.page("en")).html).toContain("data folder is read-only");
      expect(errors(house)).toEqual([
        expect.stringMatching(/cannot start: nothing can be written to the data folder \(.*EROFS/),
      ]);
      await house.disk.setReadOnly(false);
      await house.until(200);
      await app[Symbol.asyncDispose]();
      expect(await app.ended).toBe(0);
    });

    test("an app that waits for free space can be stopped", async () => {
      await using house = await startDiskHouse({ blockBytes });
      house.disk.fill();
      const app = await house.start();
      await house.until(503);
      await app[Symbol.asyncDispose]();
      expect(await app.ended).toBe(0);
    });
  },
);
