import { expect, test, vi } from "vitest";

import type { StoredAlarm } from "../../src/alarms/changes/change.ts";
import { createReachCheck } from "../../src/alarms/check-reach.ts";
import type { ReachSources } from "../../src/alarms/ports.ts";
import type { Contact } from "../../src/contacts/contact.ts";
import { englishWords } from "../../src/domain/notification.ts";
import { loadTexts } from "../../src/texts/texts-for.ts";
import { createTestClock } from "../app/create-test-clock.ts";
import { OURS } from "../app/start-house.ts";
import { alarmWith, personAt } from "./engine/alarm-with.ts";
import { startAlarmHouse } from "./start-alarm-house.ts";

const ALICE = { name: "Alice", number: "+12125550101", push: "mobile_app_alice", pin: "4711" };
const NO_SENDER = { code: "no_sender", message: "No number can call.", more_info: null };
const FINE: ReachSources = {
  account: async () => "ok",
  senderProblem: async () => null,
  publicAddress: () => "https://home.example",
  pushExists: async () => true,
};

type Shown = Map<string, { title: string; message: string }>;

interface Given {
  readonly contacts?: readonly Contact[];
  readonly earlier?: StoredAlarm[];
  readonly raised?: Shown;
}

/** Runs the first daily check, with one contact unless `contacts` names others. Returns the notifications that are left. */
async function checked(
  sources: Partial<ReachSources>,
  language = "en",
  { contacts = [ALICE], earlier = [], raised = new Map() }: Given = {},
): Promise<{ title: string; message: string }[]> {
  const clock = createTestClock();
  using time = clock.stop();
  const stopping = new AbortController();
  const reach = createReachCheck({
    contacts: () => contacts,
    resolveRecipient: async () => ({ ok: true, address: ALICE.number, contact: "Alice" }),
    journal: { recentAlarms: () => earlier, hasOptedOut: () => false },
    sources: { ...FINE, ...sources },
    notifications: {
      raise: (notification) => void raised.set(notification.id, englishWords(notification)),
      dismiss: (id) => void raised.delete(id),
    },
    language: () => language,
    clock,
  });
  const run = reach.run(stopping.signal);
  time.advance(61_000);
  await vi.waitFor(() => expect(reach.result()).toHaveLength(contacts.length));
  stopping.abort();
  await run;
  return [...raised.values()];
}

test("the first check after a restart removes the notification of a problem that is solved", async () => {
  const raised: Shown = new Map();
  await checked({ pushExists: async () => false }, "en", { raised });
  expect(raised.size).toBe(1);
  expect(await checked({}, "en", { raised })).toEqual([]);
});

test("the notification of one person stays if a person with a similar name has no problem", async () => {
  const contacts = [
    { ...ALICE, name: "Anna 👵" },
    { ...ALICE, name: "Anna 👴", push: "mobile_app_anna" },
  ];
  const pushExists = async (service: string) => service === "mobile_app_anna";
  const titles = (await checked({ pushExists }, "en", { contacts })).map(({ title }) => title);
  expect(titles).toEqual(["Alarms cannot reach Anna 👵"]);
});

test("a person with the channel WhatsApp gets a notification if the account has no sender for messages", async () => {
  const senderProblem = async (command: string) => (command === "send_message" ? NO_SENDER : null);
  const people = [personAt(0, { name: "Alice", channels: ["whatsapp"] })];
  const earlier = [{ alarm: alarmWith({ people }), tries: [] }];
  const [notification] = await checked({ senderProblem }, "en", { earlier });
  expect(notification?.message).toBe(NO_SENDER.message);
});

test("the daily check of alarms shows no notification while alarms can reach every contact", async () => {
  expect(await checked({})).toEqual([]);
});

test.each<[string, Partial<ReachSources>, string]>([
  ["Twilio refuses the credentials", { account: async () => "refused" }, "refuses the app's credentials"],
  ["the account is suspended", { account: async () => "suspended" }, "suspended the account"],
  ["the account has no balance", { account: async () => "no_balance" }, "no balance left"],
  ["no number can call", { senderProblem: async () => NO_SENDER }, "No number can call."],
  ["the public address is unknown", { publicAddress: () => null }, "keys on a call do not work"],
  ["the push action is gone", { pushExists: async () => false }, "no action notify.mobile_app_alice"],
])(
  "the daily check of alarms shows a notification with the person and the reason if %s",
  async (_what, sources, reason) => {
    const [notification] = await checked(sources);
    expect(notification?.title).toBe("Alarms cannot reach Alice");
    expect(notification?.message).toContain(reason);
  },
);

test.each([
  [`MG${"0".repeat(32)}`, true],
  ["Home", true],
  [OURS, false],
])(
  "with the default sender %s and several numbers for calls, the daily check reports that calls have no sender: %s",
  async (sender, isReported) => {
    await using house = await startAlarmHouse(
      { default_sender: sender },
      { numbers: [OURS, "+15005550007"] },
    );
    // Alice's push action is gone, so there is a notification in any case.
    house.home.behaviour.notifyActions = [];
    house.advance(61);
    const sent = () => house.home.called.map(({ data }) => JSON.stringify(data));
    await vi.waitFor(() => expect(sent().join()).toContain("no action notify.mobile_app_alice"));
    const [notification] = sent().filter((data) => data.includes("no action notify.mobile_app_alice"));
    expect(notification?.includes("several numbers for calls")).toBe(isReported);
  },
);

test.each<[string, Partial<ReachSources>, string]>([
  ["a push action", { pushExists: async () => false }, "Home Assistant hat keine Aktion"],
  ["a sender", { senderProblem: async () => NO_SENDER }, "Dein Konto hat keine passende Nummer"],
])(
  "the notification of the daily check about %s that is missing is in Home Assistant's language",
  async (_what, sources, sentence) => {
    await loadTexts("de");
    const [notification] = await checked(sources, "de-DE");
    expect(notification?.title).toBe("Alarme erreichen Alice nicht");
    expect(notification?.message).toContain(sentence);
  },
);
