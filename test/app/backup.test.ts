import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { expect, test, vi } from "vitest";

import { backUpJournal } from "../../src/app/commands/backup.ts";
import { OURS, startHouse, THEIRS } from "./start-house.ts";
import type { TestHouse } from "./start-house.ts";

const text = (body: string) => ({ from: THEIRS, to: OURS, body });
const request = (id: string, message: string) => ({
  request_id: id,
  command: "send_message",
  payload: { to: THEIRS, message },
});

/** Waits until no event waits for Home Assistant. */
async function backup(house: TestHouse): Promise<void> {
  const waiting = (): unknown => {
    using journal = new DatabaseSync(join(house.app.directory, "journal.db"), { readOnly: true });
    return journal.prepare("SELECT count(*) AS n FROM events WHERE state <> 'delivered'").get()?.["n"];
  };
  await vi.waitFor(() => expect(waiting()).toBe(0), { interval: 5 });
  expect(backUpJournal(house.app.directory, new Date())).toMatchObject({ error: null });
}

/** Restores like Supervisor: a backup contains the copy of the journal, but not the journal's files. */
async function restore(house: TestHouse): Promise<void> {
  await house.app.restart(() => rm(join(house.app.directory, "journal.db")));
  await vi.waitFor(() => expect(house.home.listensTo("twilio_request")).toBe(true));
}

async function fires(house: TestHouse, type: string, count: number): Promise<void> {
  await vi.waitFor(() => expect(house.fired(type)).toHaveLength(count), { interval: 10 });
}

test("after a backup was restored, the app fetches messages that came in since the backup, and fires them marked as redelivered", async () => {
  await using house = await startHouse();
  await house.twilio.receiveMessage(text("before"));
  await fires(house, "twilio_data_received", 1);
  await backup(house);
  await house.twilio.receiveMessage(text("since"));
  await fires(house, "twilio_data_received", 2);
  await restore(house);
  await fires(house, "twilio_data_received", 3);
  expect(house.fired("twilio_data_received")[2]).toMatchObject({
    Body: "since",
    source: "backfill",
    redelivered: true,
  });
  expect(house.app.lines.join("\n")).toMatch(
    /ERROR.*replaced the journal with the backup copy of \w{3}, \d+ \w{3} 20\d\d /,
  );
  expect(JSON.stringify(house.home.called)).toContain("the journal comes from a backup");
});

test("after a backup was restored, the app does not send again what it sent before or after the backup", async () => {
  await using house = await startHouse();
  house.request(request("before", "one"));
  await fires(house, "twilio_result", 1);
  await backup(house);
  house.request(request("since", "two"));
  await fires(house, "twilio_result", 2);
  await restore(house);
  house.request(request("before", "one"));
  house.request(request("since", "two"));
  await fires(house, "twilio_result", 4);
  const sids = house.fired("twilio_result").map((result) => result["sid"]);
  expect(sids).toHaveLength(4);
  expect(new Set(sids.slice(2))).toEqual(new Set(sids.slice(0, 2)));
  expect(house.posts()).toBe(2);
});

test("a request that waited when the backup was made is looked up at Twilio after the restore, because it may have been sent since", async () => {
  let isBusy = true;
  const chooseFault = ({ method }: { readonly method: string }) =>
    isBusy && method === "POST" ? ({ kind: "status", status: 429 } as const) : undefined;
  await using house = await startHouse({}, { chooseFault });
  house.request(request("waiting", "once"));
  await vi.waitFor(() => expect(house.app.lines.join("\n")).toContain("The app tries again in"));
  await backup(house);
  isBusy = false;
  await fires(house, "twilio_result", 1);
  const posts = house.posts();
  await restore(house);
  await fires(house, "twilio_result", 2);
  expect(house.fired("twilio_result")[1]).toMatchObject({
    ok: true,
    sid: house.fired("twilio_result")[0]?.["sid"],
  });
  expect(house.posts()).toBe(posts);
});

test("a request that waited when the backup was made and that Twilio does not know ends as unknown_outcome after the restore", async () => {
  await using house = await startHouse();
  house.twilio.failNext({ kind: "status", status: 429 }, 50);
  house.request(request("waiting", "never"));
  await vi.waitFor(() => expect(house.app.lines.join("\n")).toContain("The app tries again in"));
  await backup(house);
  const posts = house.posts();
  await restore(house);
  await fires(house, "twilio_result", 1);
  expect(house.fired("twilio_result")[0]).toMatchObject({ ok: false, error: { code: "unknown_outcome" } });
  expect(house.posts()).toBe(posts);
});

test("the running app logs whether the `backup` command could copy the app's journal", async () => {
  await using house = await startHouse();
  await backup(house);
  await vi.waitFor(() =>
    expect(house.app.lines.join("\n")).toMatch(/INFO +Copied the app's database .* 0\.\d MB/),
  );
  const copy = join(house.app.directory, "backup/journal-copy.db");
  await rm(copy);
  // A folder lies at the place of the copy, and the new copy cannot replace it.
  await mkdir(join(copy, "in-the-way"), { recursive: true });
  expect(backUpJournal(house.app.directory, new Date())).toMatchObject({
    error: expect.any(String),
    bytes: null,
  });
  await vi.waitFor(() =>
    expect(house.app.lines.join("\n")).toMatch(/ERROR +The app's database could not be copied for a backup/),
  );
});
