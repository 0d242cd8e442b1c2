import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { expect, test, vi } from "vitest";

import type { AppProcess } from "../../demo/start-app-process.ts";
import { backUpJournal } from "../../src/app/commands/backup.ts";
import { journalFiles } from "../../src/journal/journal.ts";
import { startBuiltApp } from "../app/start-built-app.ts";
import { OURS } from "../app/start-house.ts";
import { PUBLIC_URL } from "../app/start-test-app.ts";
import { startFakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import { freePort } from "../sockets/free-port.ts";
import { accountOptions } from "../twilio-simulator/account-options.ts";
import { startTwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import { ALICE, BOB } from "./start-alarm-house.ts";

const DIE_AT = new URL("../journal/faults/die-at.ts", import.meta.url).pathname;
const WATER = { alarm: "Water", message: "Water in the cellar.", people: ["Alice", "Bob"] };

const eventually = (check: () => void): Promise<void> => vi.waitFor(check, { interval: 20 });

/**
 * Runs the app as a process that kills itself at a chosen transaction. Home Assistant and Twilio are simulated in the
 * test's own process, so they survive.
 */
async function startMortalHouse() {
  await using undo = new AsyncDisposableStack();
  const home = undo.use(await startFakeHomeAssistant());
  const twilio = undo.use(await startTwilioSimulator({ numbers: [OURS] }));
  const directory = await mkdtemp(join(tmpdir(), "twilio-alarm-"));
  undo.defer(() => rm(directory, { recursive: true }));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const hook = { url: `${PUBLIC_URL}/webhook`, deliverTo: `${origin}/webhook` };
  twilio.setWebhooks({ sms: hook, voice: hook });
  twilio.routeCallbacks(PUBLIC_URL, origin);

  const resources = undo.move();
  async function start(dieAt: string): Promise<AppProcess> {
    const app = resources.use(
      await startBuiltApp({
        options: {
          ...accountOptions(twilio),
          public_url: PUBLIC_URL,
          default_sender: OURS,
          contacts: [
            { name: "Alice", number: ALICE },
            { name: "Bob", number: BOB },
          ],
        },
        homeAssistant: home,
        directory,
        port,
        onLine: () => {},
        nodeArguments: ["--import", DIE_AT],
        environment: { DIE_AT: dieAt },
      }),
    );
    await app.logged(/Connected to Home Assistant/);
    return app;
  }

  const fired = (state: string) =>
    home.fired.filter(({ type, data }) => type === "twilio_alarm" && data["state"] === state);
  const calls = (number: string) => twilio.calls().filter(({ to }) => to === number);
  return {
    home,
    twilio,
    start,
    fired,
    calls,
    request: (payload: object, id = "one") =>
      home.emit("twilio_request", { request_id: id, command: "alarm", payload }),
    /** Replaces the journal of a stopped app with a backup of it, as if the backup had been made earlier. */
    async restoreCopyMadeMinutesAgo(minutes: number) {
      const ms = minutes * 60_000;
      const { journal, copy } = journalFiles(directory);
      expect(backUpJournal(directory, new Date(Date.now() - ms))).toMatchObject({ error: null });
      using database = new DatabaseSync(copy);
      const timesOf = {
        alarms: ["$.startedAt", "$.revisions[0].at"],
        alarm_tries: ["$.at", "$.acceptedAt", "$.endedAt"],
      };
      for (const [table, paths] of Object.entries(timesOf))
        for (const path of paths)
          database.exec(
            `UPDATE ${table} SET data = json_set(data, '${path}', data ->> '${path}' - ${ms})
             WHERE data ->> '${path}' IS NOT NULL`,
          );
      await Promise.all(["", "-wal", "-shm"].map((suffix) => rm(journal + suffix, { force: true })));
    },
    async answer(number: string) {
      await eventually(() => expect(calls(number)).not.toEqual([]));
      const call = twilio.answer(calls(number).at(-1)?.sid ?? "");
      await call.until(() => call.waitingFor === "gather");
      return call;
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

test("if the app is killed before it has stored an alarm, it starts the alarm when the script repeats the request", async () => {
  await using house = await startMortalHouse();
  const first = await house.start("before INSERT INTO alarms");
  house.request(WATER);
  await first.ended;
  await house.start("");
  expect(house.calls(ALICE)).toEqual([]);
  house.request(WATER);
  await eventually(() => expect(house.calls(ALICE)).toHaveLength(1));
});

test("if the app is killed after it has stored an alarm, it calls the first person one time, also if the script repeats the request", async () => {
  await using house = await startMortalHouse();
  const first = await house.start("after INSERT INTO alarms");
  house.request(WATER);
  await first.ended;
  await house.start("");
  house.request(WATER);
  await eventually(() => expect(house.calls(ALICE)).toHaveLength(1));
  await eventually(() => expect(house.fired("started")).not.toEqual([]));
  expect(house.calls(BOB)).toEqual([]);
});

test("if a person presses the key on a call while the app is down, the restarted app counts the alarm as taken", async () => {
  await using house = await startMortalHouse();
  const first = await house.start("");
  house.request(WATER);
  const alice = await house.answer(ALICE);
  await house.twilio.holdCalls(async () => {
    await first.kill();
    await house.start("");
  });
  await alice.press("1");
  await eventually(() => expect(house.fired("taken")).toHaveLength(1));
  await alice.over();
  expect(alice.said.at(-1)).toBe("Thank you. You have it.");
});

test("if the app is killed before it stores that a person took the alarm, nobody gets a message about that, and the alarm stays open", async () => {
  await using house = await startMortalHouse();
  const first = await house.start('before "state":"taken","terms"');
  house.request(WATER);
  const alice = await house.answer(ALICE);
  await alice.press("1");
  await first.ended;
  // Twilio repeats its request for a while, and the restarted app answers it.
  await alice.until(({ state }) => state === "completed");
  expect(alice.said).not.toContain("Thank you. You have it.");
  await house.start("");
  expect(house.fired("taken")).toEqual([]);
  house.request({ do: "take", alarm: "Water", person: "Bob" }, "two");
  await eventually(() => expect(house.fired("taken")).toHaveLength(1));
  expect(house.fired("taken")[0]?.data).toMatchObject({ person: "Bob", how: "action" });
});

test("if the app is killed after it stored that a person took the alarm, it reports that after the restart and ends the ringing calls", async () => {
  await using house = await startMortalHouse();
  const first = await house.start('after "state":"taken","terms"');
  house.request({ ...WATER, order: "all_at_once" });
  const alice = await house.answer(ALICE);
  await eventually(() => expect(house.calls(BOB)).toHaveLength(1));
  const pressed = alice.press("1");
  await first.ended;
  await house.start("");
  await pressed.catch(() => undefined);
  await eventually(() => expect(house.fired("taken")).toHaveLength(1));
  await eventually(() => expect(house.twilio.call(house.calls(BOB)[0]?.sid ?? "").state).toBe("canceled"));
  expect(house.fired("taken")[0]?.data).toMatchObject({ person: "Alice", how: "key" });
});

test("if the app is killed before it asks Twilio for an alarm's call, the person is called exactly one time after the restart", async () => {
  await using house = await startMortalHouse();
  const first = await house.start("after UPDATE sends SET state = 'posting'");
  house.request(WATER);
  await first.ended;
  expect(house.calls(ALICE)).toEqual([]);
  await house.start("");
  await eventually(() => expect(house.calls(ALICE)).toHaveLength(1));
  expect(house.calls(BOB)).toEqual([]);
});

test("if the app is killed after Twilio accepted an alarm's call, it finds this call after the restart and calls nobody a second time", async () => {
  await using house = await startMortalHouse();
  const first = await house.start("before UPDATE sends SET state = 'done'");
  house.request(WATER);
  await first.ended;
  expect(house.calls(ALICE)).toHaveLength(1);
  await house.start("");
  const alice = await house.answer(ALICE);
  await alice.press("1");
  await eventually(() => expect(house.fired("taken")).toHaveLength(1));
  expect(house.fired("taken")[0]?.data).toMatchObject({ person: "Alice", how: "key" });
  expect(house.calls(ALICE)).toHaveLength(1);
  expect(house.calls(BOB)).toEqual([]);
});

test("an old alarm from a restored backup calls nobody, even if the app is killed before it has ended that alarm", async () => {
  await using house = await startMortalHouse();
  const first = await house.start("");
  house.request({ ...WATER, channels: ["call", "sms"] });
  await eventually(() => expect(house.calls(ALICE)).toHaveLength(1));
  await eventually(() => expect(house.twilio.messages()).toHaveLength(1));
  await first.kill();
  await house.restoreCopyMadeMinutesAgo(30);
  await expect(house.start("before INSERT INTO alarms")).rejects.toThrow("the app ended");
  await house.start("");
  await eventually(() => expect(house.fired("unanswered")).toHaveLength(1));
  expect([house.twilio.calls(), house.twilio.messages()].map((made) => made.length)).toEqual([1, 1]);
});
