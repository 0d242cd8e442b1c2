import { readFile } from "node:fs/promises";
import { join } from "node:path";

import pLimit from "p-limit";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { PATIENCE_MS } from "../../patience.ts";
import { startProcessHouse } from "./start-process-house.ts";
import type { ProcessHouse } from "./start-process-house.ts";

const WEBHOOKS = 300;
const CONNECTIONS = 16;
const COMMANDS = 30;
const RECIPIENTS = 10;

let house: ProcessHouse;
beforeEach(async () => {
  const pings = { everyMs: 500, pongWithinMs: PATIENCE_MS };
  house = await startProcessHouse(new URL("slow-commits.ts", import.meta.url), { pings });
});
afterEach(() => house[Symbol.asyncDispose]());

function ask(n: number): void {
  const payload = { to: `+1415555${2_000 + (n % RECIPIENTS)}`, message: `command ${n}` };
  house.home.emit("twilio_request", { request_id: `req_${n}`, command: "send_message", payload });
}

const fired = (type: string) => house.home.fired.filter((event) => event.type === type);
const sorted = (texts: readonly unknown[]): string[] => texts.map(String).toSorted();
const upTo = (count: number, name: (n: number) => string): string[] =>
  sorted(Array.from({ length: count }, (_none, n) => name(n)));

test("with commits of 30 ms, as on an SD card, the app stays connected, loses nothing and does nothing twice", async () => {
  const { home, twilio, app } = house;
  const atOnce = pLimit(CONNECTIONS);
  const answers = await Promise.all(
    Array.from({ length: WEBHOOKS }, (_none, n) =>
      atOnce(async () => {
        if (n % (WEBHOOKS / COMMANDS) === 0) ask(n / (WEBHOOKS / COMMANDS));
        return await house.post(house.message(`n${n}`));
      }),
    ),
  );
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  await vi.waitFor(() => {
    expect(fired("twilio_data_received").length).toBeGreaterThanOrEqual(WEBHOOKS);
    expect(fired("twilio_result").length).toBeGreaterThanOrEqual(COMMANDS);
  });
  expect({ taken: home.connections(), open: home.openSockets() }).toEqual({ taken: 1, open: 1 });
  await app[Symbol.asyncDispose]();

  const report = await readFile(join(house.directory, "slow-commits.json"), "utf8");
  const { commits, mostInOneTurn } = JSON.parse(report) as Record<string, number>;
  expect(commits).toBeGreaterThan(COMMANDS);
  // A tenth of the time after which Supervisor closes a connection without a pong.
  expect(mostInOneTurn).toBeLessThanOrEqual(1_500 / 30);
  expect(sorted(fired("twilio_data_received").map(({ data }) => data["Body"]))).toEqual(
    upTo(WEBHOOKS, (n) => `n${n}`),
  );
  expect(home.fired.filter(({ data }) => "redelivered" in data)).toEqual([]);
  expect(sorted(twilio.messages().map(({ body }) => body))).toEqual(upTo(COMMANDS, (n) => `command ${n}`));
  const sids = new Map(twilio.messages().map(({ body, sid }) => [body.replace("command ", "req_"), sid]));
  const results = fired("twilio_result").map(({ data }) => data);
  expect(sorted(results.map((data) => data["request_id"]))).toEqual(upTo(COMMANDS, (n) => `req_${n}`));
  const isFalse = ({ request_id: id, ok, sid }: Readonly<Record<string, unknown>>): boolean =>
    ok !== true || sid !== sids.get(String(id));
  expect(results.filter(isFalse)).toEqual([]);
});
