import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { expect, test, vi } from "vitest";

import { OURS, THEIRS } from "../app/start-house.ts";
import { messageParameters, callParameters } from "../twilio-simulator/webhooks/webhook-parameters.ts";
import { startRelayHouse } from "./start-relay-house.ts";
import type { RelayHouse } from "./start-relay-house.ts";
import { signedContent, writeNote } from "./write-note.ts";
import type { NoteOptions, WrittenNote } from "./write-note.ts";

/** The values that somebody who can read the relay's variables knows. */
function relayOf({ twilio }: RelayHouse) {
  const [service] = twilio.cloud.services.values();
  const [environment] = service?.environments.values() ?? [];
  const variables = new Map(
    [...(environment?.variables.values() ?? [])].map(({ key, value }) => [key, value]),
  );
  return {
    url: `https://${environment?.domain}/webhook`,
    house: variables.get("HOUSE_URL") ?? "",
    key: variables.get("KEY") ?? "",
  };
}

/** The answers of the app in Sync. */
function answers({ twilio }: RelayHouse): unknown[] {
  const documents = [...twilio.cloud.syncServices.values()].flatMap((service) => [
    ...service.documents.values(),
  ]);
  return documents.filter(({ name }) => name !== "present").map(({ data }) => data);
}

async function post(house: RelayHouse, ...notes: unknown[]): Promise<void> {
  for (const note of notes)
    await fetch(relayOf(house).house, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(note),
    });
}

function message(
  house: RelayHouse,
  body: string,
  more: Partial<NoteOptions> & { readonly token?: string; readonly url?: string } = {},
): WrittenNote {
  const { key, url: own } = relayOf(house);
  const { token = house.twilio.authToken, url = own, ...rest } = more;
  const params = messageParameters({ accountSid: house.twilio.accountSid, from: THEIRS, to: OURS, body });
  return writeNote({ key, content: signedContent(token, url, params), ...rest });
}

function bodies(house: RelayHouse, type = "twilio_data_received"): unknown[] {
  return house.fired(type).map(({ Body }) => Body);
}

/** How many answers are in Sync after the set-up, whose self-test has left one. */
async function settled(house: RelayHouse): Promise<number> {
  await vi.waitFor(() => expect(answers(house).length).toBeGreaterThan(0));
  return answers(house).length;
}

test("a webhook that another installation's relay has encrypted fires nothing and is not answered", async () => {
  await using house = await startRelayHouse();
  const before = await settled(house);
  const other = randomBytes(32).toString("base64");
  await post(
    house,
    { Body: "plain" },
    message(house, "another key", { key: other }),
    { ...message(house, "another time"), at: Date.now() + 1 },
    message(house, "another token", { token: "0".repeat(32) }),
    message(house, "another address", { url: "https://else.example/webhook" }),
    message(house, "genuine"),
  );
  await vi.waitFor(() => expect(bodies(house)).toEqual(["genuine"]));
  await vi.waitFor(() => expect(answers(house)).toHaveLength(before + 1));
  const { key, house: url } = relayOf(house);
  const webhookId = url.split("/").at(-1) ?? "";
  expect(webhookId).toMatch(/^[0-9a-f]{64}$/);
  const log = house.app.lines.join("\n");
  expect([webhookId, key].filter((secret) => log.includes(secret))).toEqual([]);
});

test("the app stores no self-test of the relay, refuses an unknown path with one warning, and learns no public address from either", async () => {
  await using house = await startRelayHouse();
  const before = await settled(house);
  const { key, url } = relayOf(house);
  const elsewhere = url.replace("/webhook", "/elsewhere");
  const content = signedContent(house.twilio.authToken, elsewhere, { AccountSid: house.twilio.accountSid });
  await post(
    house,
    writeNote({ key, path: "/elsewhere", content }),
    writeNote({ key, path: "/elsewhere", content }),
  );
  await vi.waitFor(() => expect(answers(house)).toHaveLength(before + 2));
  expect(answers(house).slice(before)).toMatchObject([{ status: 404 }, { status: 404 }]);
  const warnings = house.app.lines.filter((line) => line.includes("/elsewhere"));
  expect(warnings).toHaveLength(1);
  expect(house.home.fired).toEqual([]);
  using journal = new DatabaseSync(join(house.app.directory, "journal.db"), { readOnly: true });
  expect(journal.prepare("SELECT count(*) AS count FROM events").get()).toEqual({ count: 0 });
  const learnt = journal.prepare("SELECT name FROM facts WHERE name LIKE '%_origin' AND value <> ''").all();
  expect(learnt).toEqual([]);
});

test("a webhook that the relay posts again and again is fired and answered once", async () => {
  await using house = await startRelayHouse();
  const before = await settled(house);
  const note = message(house, "once");
  await post(house, note, note, note, message(house, "after"));
  await vi.waitFor(() => expect(bodies(house)).toEqual(["once", "after"]));
  await vi.waitFor(() => expect(answers(house)).toHaveLength(before + 2));
});

test("webhooks that the relay posts right after a reconnection to Home Assistant are delivered in the order in which the relay received them", async () => {
  await using house = await startRelayHouse();
  const { home, app } = house;
  const connections = home.connections();
  home.disconnect();
  await vi.waitFor(() => expect(home.connections()).toBeGreaterThan(connections));
  const connected = (line: string): boolean => line.includes("Connected to Home Assistant");
  await vi.waitFor(() => expect(app.lines.filter(connected)).toHaveLength(2));
  const now = Date.now();
  const [third, first, second] = [3, 1, 2].map((at) => message(house, String(at), { at: now - 5_000 + at }));
  await post(house, third, first, second);
  await vi.waitFor(() => expect(bodies(house)).toEqual(["1", "2", "3"]));
});

test("if a webhook of the relay has an implausible time, the app asks Twilio for its age before it fires an event", async () => {
  await using house = await startRelayHouse();
  const tooOld = Date.now() - 90_000;
  const tooNew = Date.now() + 60_000;
  await post(house, message(house, "old", { at: tooOld }), message(house, "new", { at: tooNew }));
  // Twilio does not know these messages.
  await vi.waitFor(() =>
    expect(new Set(bodies(house, "twilio_data_missed"))).toEqual(new Set(["new", "old"])),
  );
  expect(bodies(house)).toEqual([]);
});

test("a call whose answer the relay no longer waits for is fired only as twilio_data_missed", async () => {
  await using house = await startRelayHouse();
  const { key, url } = relayOf(house);
  const { twilio } = house;
  const params = callParameters({
    accountSid: twilio.accountSid,
    callSid: `CA${"1".repeat(32)}`,
    from: THEIRS,
    to: OURS,
    status: "ringing",
    direction: "inbound",
  });
  const content = signedContent(twilio.authToken, url, params);
  await post(house, writeNote({ key, content, at: Date.now() - 9_000 }));
  await vi.waitFor(() => expect(house.fired("twilio_data_missed")).toHaveLength(1));
  expect(house.fired("twilio_data_received")).toEqual([]);
});

test("the app's public address and the relay's URL are valid at the same time, each only for its own webhooks", async () => {
  await using house = await startRelayHouse({ options: { public_url: "https://own.example" } });
  const { twilio, app } = house;
  const own = { url: "https://own.example/webhook", deliverTo: app.webhook };
  twilio.setWebhooks({ sms: own });
  expect(await twilio.receiveMessage({ from: THEIRS, to: OURS, body: "own" })).toMatchObject({ status: 200 });
  await post(house, message(house, "relayed"), message(house, "wrong way", { url: own.url }));
  await vi.waitFor(() => expect(bodies(house)).toEqual(["own", "relayed"]));
  twilio.setWebhooks({ sms: { url: relayOf(house).url, deliverTo: app.webhook } });
  expect(await twilio.receiveMessage({ from: THEIRS, to: OURS, body: "x" })).toMatchObject({ status: 403 });
});
