import { expect, test } from "vitest";

import { createTalkAddresses } from "../../../../src/twilio/webhooks/talk/talk-addresses.ts";
import { clockWith } from "../../../clock-with.ts";

const HOUR = 3_600_000;
const NOW = 1_800_000_000_000;
const BASE = "https://home.example";
const TERMS = { holdSeconds: 8, silenceSeconds: 30, language: "en-US", voice: null };
const STATE = { call: "CA1", step: "s1", terms: TERMS };
const OLD = "/talk/CA1/s1?h=8&s=30&l=en-US";

interface World {
  readonly secret?: string;
  readonly oldAddressesUntil?: number | null;
  readonly lostAt?: number | null;
}

function addressesIn({ secret = "0f".repeat(32), oldAddressesUntil = null, lostAt = null }: World = {}) {
  const clock = clockWith({ now: () => NOW });
  return createTalkAddresses({ key: { secret, oldAddressesUntil }, lostAt, clock });
}

/** The path and query with which Twilio sends its webhook. */
function targetOf(url: string): string {
  return url.slice(BASE.length).split("#", 1)[0] ?? "";
}

const OTHERS = targetOf(addressesIn({ secret: "f0".repeat(32) }).write(BASE, STATE));

test("the app reads from the URL of a call exactly the state that it wrote there", () => {
  const addresses = addressesIn();
  expect(addresses.read(targetOf(addresses.write(BASE, STATE)))).toEqual({
    kind: "ours",
    state: { ...STATE, attempt: 1, silentSince: null, turn: 0, holds: 0 },
  });
});

test("the URL of a call that was signed with another installation's key is refused", () => {
  expect(addressesIn().read(OTHERS)).toEqual({ kind: "foreign" });
});

test("for four hours after the journal was lost, the URL of a call with another key counts as lost, not as forged", () => {
  expect(addressesIn({ lostAt: NOW - 4 * HOUR + 1 }).read(OTHERS)).toEqual({ kind: "lost" });
  expect(addressesIn({ lostAt: NOW - 4 * HOUR }).read(OTHERS)).toEqual({ kind: "foreign" });
  expect(addressesIn({ lostAt: NOW }).read("/talk/CA1")).toEqual({ kind: "foreign" });
});

test("the app reads the URL of a call that an earlier version wrote until all calls from before the update must have ended", () => {
  const during = addressesIn({ oldAddressesUntil: NOW + 1 });
  expect(during.read(OLD)).toMatchObject({ kind: "ours", state: STATE });
  expect(during.acceptsOld()).toBe(true);
  const after = addressesIn({ oldAddressesUntil: NOW });
  expect(after.read(OLD)).toEqual({ kind: "foreign" });
  expect(after.acceptsOld()).toBe(false);
});

test("after the journal was lost, the URL of a call that an earlier version wrote counts as lost, not as forged", () => {
  const addresses = addressesIn({ lostAt: NOW - 1 });
  expect(addresses.read(OLD)).toEqual({ kind: "lost" });
  expect(addresses.acceptsOld()).toBe(true);
});
