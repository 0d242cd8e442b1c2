import { beforeEach, expect, test } from "vitest";

import type { NumberSettings, NumberWebhooks } from "../../src/domain/number-webhooks.ts";
import { settingsFor } from "../../src/domain/number-webhooks.ts";
import { createNumberSetup } from "../../src/flows/set-up-number.ts";

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
const lines: string[] = [];
beforeEach(() => {
  [present, kept, base, written, isAway] = [SHOP, null, BASE, [], false];
  lines.length = 0;
});

const log = (line: string): void => void lines.push(line);
const setup = createNumberSetup({
  list: async () => {
    if (isAway) return { kind: "away" };
    const number: NumberWebhooks = {
      sid: "PN1",
      number: "+12125550123",
      messages: true,
      calls: true,
      settings: present,
      hasTrunk: false,
      service: null,
    };
    return { kind: "listed", items: [number] };
  },
  write: async (_sid, _present, wanted) => {
    if (wanted.smsUrl.includes("refused")) return { code: "21402", message: "no", more_info: null };
    written.push(wanted);
    present = wanted;
    return null;
  },
  kept: () => kept,
  keep: (json) => {
    kept = json;
  },
  publicAddress: () => base,
  hash: (text) => `hash of ${text}`,
  logger: { debug: log, info: log, warning: log, error: log },
});

async function seen(): Promise<string> {
  const answer = await setup.plan("PN1");
  return answer.kind === "found" ? answer.plan.seen : "";
}

test("what stood there first is put back, however often the app entered its own", async () => {
  await setup.setUp("PN1", await seen());
  base = "https://new.example";
  await setup.setUp("PN1", await seen());
  expect(present.smsUrl).toMatch(/^https:\/\/new\.example\/webhook/);
  expect(await setup.putBack("PN1", await seen())).toEqual({ kind: "done" });
  expect(present).toEqual(SHOP);
  expect(await setup.putBack("PN1", await seen())).toEqual({ kind: "changed" });
});

test("what somebody entered in between is what is put back", async () => {
  await setup.setUp("PN1", await seen());
  present = OTHER_SHOP;
  await setup.setUp("PN1", await seen());
  await setup.putBack("PN1", await seen());
  expect(present).toEqual(OTHER_SHOP);
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
  expect(await setup.plan("PN1")).toMatchObject({ plan: { before: null } });
});

test("what stood there is kept before anything is written", async () => {
  const order: string[] = [];
  const careful = createNumberSetup({
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
    kept: () => null,
    keep: () => void order.push("kept"),
    publicAddress: () => BASE,
    hash: (text) => text,
    logger: { debug: log, info: log, warning: log, error: log },
  });
  await careful.setUp("PN1", JSON.stringify(SHOP));
  expect(order).toEqual(["kept", "written"]);
});

test("the log names no number", async () => {
  await setup.setUp("PN1", await seen());
  expect(lines).toHaveLength(1);
  expect(lines.join()).not.toContain("+12125550123");
});
