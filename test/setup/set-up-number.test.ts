import { beforeEach, expect, test } from "vitest";

import type { NumberSettings, NumberWebhooks } from "../../src/setup/number-webhooks.ts";
import { settingsFor } from "../../src/setup/number-webhooks.ts";
import { createNumberSetup } from "../../src/setup/set-up-number.ts";

const BASE = "https://home.example";
const EMPTY = Object.fromEntries(
  Object.keys(settingsFor(BASE)).map((name) => [name, ""]),
) as unknown as NumberSettings;
const SHOP = { ...EMPTY, smsUrl: "https://shop.example", smsMethod: "POST" };
const OTHER_SHOP = { ...SHOP, smsUrl: "https://other.example" };

let present: NumberSettings;
let stored: string | null;
let base: string | null;
let written: NumberSettings[];
let isAway: boolean;
let isRefused: boolean;
let controls: Pick<NumberWebhooks, "hasTrunk" | "service">;
/** The number of calls of `onChanged`. */
let changes = 0;
const lines: string[] = [];
beforeEach(() => {
  [present, stored, base, written, isAway, isRefused] = [SHOP, null, BASE, [], false, false];
  controls = { hasTrunk: false, service: null };
  lines.length = 0;
  changes = 0;
});

const log = (line: string): void => void lines.push(line);
const setup = createNumberSetup({
  numbers: {
    async list() {
      if (isAway) return { kind: "away" };
      if (isRefused) return { kind: "refused", status: 403 };
      const number: NumberWebhooks = {
        sid: "PN1",
        number: "+12125550123",
        messages: true,
        calls: true,
        settings: present,
        ...controls,
      };
      return { kind: "listed", items: [number] };
    },
    async write(_sid, _present, wanted) {
      if (wanted.smsUrl.includes("refused")) return { code: "21402", message: "no", more_info: null };
      written.push(wanted);
      present = wanted;
      return null;
    },
  },
  memory: { get: () => stored, set: (_name, json) => void (stored = json) },
  publicAddress: () => base,
  onChanged: () => void (changes += 1),
  hash: (text) => `hash of ${text}`,
  logger: { debug: log, info: log, warning: log, error: log },
});

async function shownHash(): Promise<string> {
  const answer = await setup.plan("PN1");
  return answer.kind === "found" ? answer.plan.snapshotHash : "";
}

test("the settings that a number had before the app are restored, however often the app has written its own settings", async () => {
  await setup.setUp("PN1", await shownHash());
  base = "https://new.example";
  await setup.setUp("PN1", await shownHash());
  expect(present.smsUrl).toMatch(/^https:\/\/new\.example\/webhook/);
  expect(await setup.restore("PN1", await shownHash())).toEqual({ kind: "done" });
  expect(present).toEqual(SHOP);
  expect(await setup.restore("PN1", await shownHash())).toEqual({ kind: "changed" });
});

test("if the user entered other settings of a number between two set-ups by the app, the user's settings are restored", async () => {
  await setup.setUp("PN1", await shownHash());
  present = OTHER_SHOP;
  await setup.setUp("PN1", await shownHash());
  await setup.restore("PN1", await shownHash());
  expect(present).toEqual(OTHER_SHOP);
});

test("if the user changed one setting between two set-ups of a number, restoring keeps this change and gives back the other former settings", async () => {
  present = { ...SHOP, voiceUrl: "https://shop.example/call" };
  await setup.setUp("PN1", await shownHash());
  present = { ...present, statusCallback: "https://mine.example/status" };
  await setup.setUp("PN1", await shownHash());
  await setup.restore("PN1", await shownHash());
  expect(present).toEqual({
    ...SHOP,
    voiceUrl: "https://shop.example/call",
    statusCallback: "https://mine.example/status",
  });
});

test.each([
  ["a trunk", { hasTrunk: true, service: null }],
  ["a Messaging Service", { hasTrunk: false, service: "Alarms" }],
])(
  "nothing is written to a number if %s was added after the user saw the new settings",
  async (_name, since) => {
    const before = await shownHash();
    controls = since;
    expect(await setup.setUp("PN1", before)).toEqual({ kind: "changed" });
    expect(written).toEqual([]);
  },
);

test("a number's TwiML App for calls is not restored while the number has a SIP trunk, because Twilio would remove the trunk", async () => {
  present = { ...SHOP, voiceApplicationSid: "AP1" };
  await setup.setUp("PN1", await shownHash());
  controls = { hasTrunk: true, service: null };
  expect(await setup.restore("PN1", await shownHash())).toEqual({ kind: "on_trunk" });
  expect(written).toHaveLength(1);
  controls = { hasTrunk: false, service: null };
  expect(await setup.restore("PN1", await shownHash())).toEqual({ kind: "done" });
});

test('a second click on "set up" of a number returns the first click\'s result and writes nothing', async () => {
  const before = await shownHash();
  const twice = await Promise.all([setup.setUp("PN1", before), setup.setUp("PN1", before)]);
  expect(twice).toEqual([{ kind: "done" }, { kind: "done" }]);
  const after = await shownHash();
  expect(await setup.restore("PN1", after)).toEqual({ kind: "done" });
  expect(await setup.restore("PN1", after)).toEqual({ kind: "done" });
  expect(written).toHaveLength(2);
  // Restored settings can be set up again.
  expect(await setup.setUp("PN1", before)).toEqual({ kind: "done" });
  expect(written).toHaveLength(3);
});

test("credentials that cannot read numbers give another result than a Twilio that does not answer", async () => {
  isRefused = true;
  expect(await setup.plan("PN1")).toEqual({ kind: "refused" });
  expect(await setup.setUp("PN1", "")).toEqual({ kind: "refused" });
});

test("nothing is written to a number that has changed since the user saw its settings, or that is set up already", async () => {
  const before = await shownHash();
  present = OTHER_SHOP;
  expect(await setup.setUp("PN1", before)).toEqual({ kind: "changed" });
  await setup.setUp("PN1", await shownHash());
  expect(await setup.setUp("PN1", await shownHash())).toEqual({ kind: "changed" });
  expect(written).toHaveLength(1);
});

test("nothing is written to a number without a public address, without an answer of Twilio, or if the number is unknown", async () => {
  const before = await shownHash();
  expect(await setup.setUp("PN2", before)).toEqual({ kind: "absent" });
  isAway = true;
  expect(await setup.setUp("PN1", before)).toEqual({ kind: "away" });
  isAway = false;
  base = null;
  expect(await setup.setUp("PN1", before)).toEqual({ kind: "changed" });
  expect(written).toEqual([]);
});

test("if Twilio refuses to change a number, the result has Twilio's error, and there is nothing to restore", async () => {
  base = "https://refused.example";
  expect(await setup.setUp("PN1", await shownHash())).toMatchObject({ kind: "failed" });
  expect(await setup.plan("PN1")).toMatchObject({ plan: { previousSettings: null } });
});

test("the previous settings of a number are stored before the app writes new ones", async () => {
  const order: string[] = [];
  const careful = createNumberSetup({
    numbers: {
      list: async () => ({
        kind: "listed",
        items: [
          {
            sid: "PN1",
            number: "+12125550123",
            messages: true,
            calls: true,
            settings: SHOP,
            hasTrunk: false,
            service: null,
          },
        ],
      }),
      write: async () => {
        order.push("written");
        return null;
      },
    },
    memory: { get: () => null, set: () => void order.push("stored") },
    publicAddress: () => BASE,
    onChanged: () => {},
    hash: (text) => text,
    logger: { debug: log, info: log, warning: log, error: log },
  });
  const shown = await careful.plan("PN1");
  await careful.setUp("PN1", shown.kind === "found" ? shown.plan.snapshotHash : "");
  expect(order).toEqual(["stored", "written"]);
});

test("the log contains no complete number while the user sets up a number", async () => {
  await setup.setUp("PN1", await shownHash());
  expect(lines).toHaveLength(1);
  expect(lines.join()).not.toContain("+12125550123");
});
