import { expect, test } from "vitest";

import type { NumberSettings, NumberWebhooks } from "../../../src/setup/number-webhooks.ts";
import { settingsFor } from "../../../src/setup/number-webhooks.ts";
import { createRelayNumbers } from "../../../src/setup/relay/relay-numbers.ts";

const BASE = "https://home-assistant-1234.twil.io";
const EMPTY: NumberSettings = {
  smsUrl: "",
  smsMethod: "POST",
  smsFallbackUrl: "",
  smsFallbackMethod: "POST",
  voiceUrl: "",
  voiceMethod: "POST",
  voiceFallbackUrl: "",
  voiceFallbackMethod: "POST",
  statusCallback: "",
  statusCallbackMethod: "POST",
  smsApplicationSid: "",
  voiceApplicationSid: "",
};
const SHOP: NumberSettings = { ...EMPTY, smsUrl: "https://shop.example/sms", smsMethod: "GET" };

/** An account whose numbers have these settings, by SID. */
function account(given: Readonly<Record<string, NumberSettings>>) {
  const numbers = new Map(Object.entries(given));
  const memory = new Map<string, string>();
  const stored: string[] = [];
  const relay = createRelayNumbers({
    numbers: {
      list: () =>
        Promise.resolve({
          kind: "listed",
          items: [...numbers].map(([sid, settings]): NumberWebhooks => ({
            sid,
            number: "+15005550006",
            messages: true,
            calls: true,
            settings,
            hasTrunk: false,
            service: null,
          })),
        }),
      write(sid, _present, wanted) {
        numbers.set(sid, wanted);
        return Promise.resolve(null);
      },
    },
    memory: {
      get: (name) => memory.get(name) ?? null,
      set: (name, json) => void memory.set(name, json),
    },
    logger: { debug() {}, info() {}, warning() {}, error() {} },
  });
  const keep = (sid: string): Promise<void> => {
    stored.push(sid);
    return Promise.resolve();
  };
  return { relay, numbers, memory, stored, keep };
}

test("the numbers that the user chose get the relay's URLs, which let Twilio retry once", async () => {
  const { relay, numbers, stored, keep } = account({ PN1: SHOP, PN2: EMPTY });
  await relay.point(["PN1"], BASE, keep);
  expect(numbers.get("PN1")).toEqual(settingsFor(BASE));
  expect(numbers.get("PN1")?.smsUrl).toBe(`${BASE}/webhook#rc=1&rp=5xx,ct`);
  expect(numbers.get("PN2")).toEqual(EMPTY);
  expect(stored).toEqual(["PN1"]);
});

test("removing the relay restores the former settings of numbers, except settings that somebody has changed since", async () => {
  const { relay, numbers, keep } = account({ PN1: SHOP });
  await relay.point(["PN1"], BASE, keep);
  const present = numbers.get("PN1") ?? EMPTY;
  numbers.set("PN1", { ...present, voiceUrl: "https://mine.example/voice" });
  await relay.restore(BASE, new Map());
  expect(numbers.get("PN1")).toMatchObject({
    smsUrl: SHOP.smsUrl,
    smsMethod: "GET",
    voiceUrl: "https://mine.example/voice",
    statusCallback: "",
  });
});

test("after the journal was lost, removing the relay restores the settings that are stored at Twilio", async () => {
  const { relay, numbers, memory, keep } = account({ PN1: SHOP });
  await relay.point(["PN1"], BASE, keep);
  memory.clear();
  await relay.restore(BASE, new Map([["PN1", SHOP]]));
  expect(numbers.get("PN1")).toMatchObject({ smsUrl: SHOP.smsUrl, voiceUrl: "" });
});

test("removing the relay does not change numbers that do not point at the relay", async () => {
  const { relay, numbers } = account({ PN1: SHOP });
  await relay.restore(BASE, new Map([["PN1", EMPTY]]));
  expect(numbers.get("PN1")).toEqual(SHOP);
});

test("setting up the relay a second time does not store the relay's own URLs as the numbers' former settings", async () => {
  const { relay, numbers, keep, stored } = account({ PN1: SHOP });
  await relay.point(["PN1"], BASE, keep);
  numbers.set("PN1", { ...settingsFor(BASE), smsFallbackUrl: "" });
  await relay.point(["PN1"], BASE, keep);
  expect(stored).toEqual(["PN1"]);
  await relay.restore(BASE, new Map());
  expect(numbers.get("PN1")).toMatchObject({ smsUrl: SHOP.smsUrl });
});
