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
let kept: string | null;
let base: string | null;
let written: NumberSettings[];
let isAway: boolean;
let isRefused: boolean;
let standing: Pick<NumberWebhooks, "hasTrunk" | "service">;
/** How often something was told to have changed. */
let changes = 0;
const lines: string[] = [];
beforeEach(() => {
  [present, kept, base, written, isAway, isRefused] = [SHOP, null, BASE, [], false, false];
  standing = { hasTrunk: false, service: null };
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
        ...standing,
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
  memory: { get: () => kept, set: (_name, json) => void (kept = json) },
  publicAddress: () => base,
  onChanged: () => void (changes += 1),
  hash: (text) => `hash of ${text}`,
  logger: { debug: log, info: log, warning: log, error: log },
});

async function seen(): Promise<string> {
  const answer = await setup.plan("PN1");
  return answer.kind === "found" ? answer.plan.snapshotHash : "";
}

test("what stood there first is put back, however often the app entered its own", async () => {
  await setup.setUp("PN1", await seen());
  base = "https://new.example";
  await setup.setUp("PN1", await seen());
  expect(present.smsUrl).toMatch(/^https:\/\/new\.example\/webhook/);
  expect(await setup.restore("PN1", await seen())).toEqual({ kind: "done" });
  expect(present).toEqual(SHOP);
  expect(await setup.restore("PN1", await seen())).toEqual({ kind: "changed" });
});

test("what somebody entered in between is what is put back", async () => {
  await setup.setUp("PN1", await seen());
  present = OTHER_SHOP;
  await setup.setUp("PN1", await seen());
  await setup.restore("PN1", await seen());
  expect(present).toEqual(OTHER_SHOP);
});

test("one setting that somebody changed in between does not take away what was before at the others", async () => {
  present = { ...SHOP, voiceUrl: "https://shop.example/call" };
  await setup.setUp("PN1", await seen());
  present = { ...present, statusCallback: "https://mine.example/status" };
  await setup.setUp("PN1", await seen());
  await setup.restore("PN1", await seen());
  expect(present).toEqual({
    ...SHOP,
    voiceUrl: "https://shop.example/call",
    statusCallback: "https://mine.example/status",
  });
});

test.each([
  ["a trunk", { hasTrunk: true, service: null }],
  ["a Messaging Service", { hasTrunk: false, service: "Alarms" }],
])("nothing is written where %s came since it was shown", async (_name, since) => {
  const before = await seen();
  standing = since;
  expect(await setup.setUp("PN1", before)).toEqual({ kind: "changed" });
  expect(written).toEqual([]);
});

test("an application for calls is not put back while a trunk is there, which Twilio would take away", async () => {
  present = { ...SHOP, voiceApplicationSid: "AP1" };
  await setup.setUp("PN1", await seen());
  standing = { hasTrunk: true, service: null };
  expect(await setup.restore("PN1", await seen())).toEqual({ kind: "on_trunk" });
  expect(written).toHaveLength(1);
  standing = { hasTrunk: false, service: null };
  expect(await setup.restore("PN1", await seen())).toEqual({ kind: "done" });
});

test("a second click is told what became of the first, and does nothing", async () => {
  const before = await seen();
  const twice = await Promise.all([setup.setUp("PN1", before), setup.setUp("PN1", before)]);
  expect(twice).toEqual([{ kind: "done" }, { kind: "done" }]);
  const after = await seen();
  expect(await setup.restore("PN1", after)).toEqual({ kind: "done" });
  expect(await setup.restore("PN1", after)).toEqual({ kind: "done" });
  expect(written).toHaveLength(2);
  // What stands there again is set up again, although it was once before.
  expect(await setup.setUp("PN1", before)).toEqual({ kind: "done" });
  expect(written).toHaveLength(3);
});

test("credentials that may not see the numbers are not a Twilio that is away", async () => {
  isRefused = true;
  expect(await setup.plan("PN1")).toEqual({ kind: "refused" });
  expect(await setup.setUp("PN1", "")).toEqual({ kind: "refused" });
});

test("nothing is written that was not shown, and nothing twice", async () => {
  const before = await seen();
  present = OTHER_SHOP;
  expect(await setup.setUp("PN1", before)).toEqual({ kind: "changed" });
  await setup.setUp("PN1", await seen());
  expect(await setup.setUp("PN1", await seen())).toEqual({ kind: "changed" });
  expect(written).toHaveLength(1);
});

test("nothing is written while the address is not known, Twilio is away or the number is not the account's", async () => {
  const before = await seen();
  expect(await setup.setUp("PN2", before)).toEqual({ kind: "absent" });
  isAway = true;
  expect(await setup.setUp("PN1", before)).toEqual({ kind: "away" });
  isAway = false;
  base = null;
  expect(await setup.setUp("PN1", before)).toEqual({ kind: "changed" });
  expect(written).toEqual([]);
});

test("what Twilio refuses is told, and there is nothing to put back", async () => {
  base = "https://refused.example";
  expect(await setup.setUp("PN1", await seen())).toMatchObject({ kind: "failed" });
  expect(changes).toBe(0);
  expect(await setup.plan("PN1")).toMatchObject({ plan: { previousSettings: null } });
});

test("what stood there is kept before anything is written", async () => {
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
    memory: { get: () => null, set: () => void order.push("kept") },
    publicAddress: () => BASE,
    onChanged: () => {},
    hash: (text) => text,
    logger: { debug: log, info: log, warning: log, error: log },
  });
  const shown = await careful.plan("PN1");
  await careful.setUp("PN1", shown.kind === "found" ? shown.plan.snapshotHash : "");
  expect(order).toEqual(["kept", "written"]);
});

test("the log names no number", async () => {
  await setup.setUp("PN1", await seen());
  expect(lines).toHaveLength(1);
  expect(lines.join()).not.toContain("+12125550123");
});
