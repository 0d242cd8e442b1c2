import { describe, expect, test } from "vitest";

import type { AddressSighting, ProvisionalAddress } from "../../src/inbound/address-evidence.ts";
import { createAddressConfirmation } from "../../src/inbound/confirm-address.ts";
import type { Reach } from "../../src/inbound/reach.ts";
import { createPublicAddress } from "../../src/twilio/webhooks/public-address.ts";
import { clockWith } from "../clock-with.ts";

const OURS: Reach = { kind: "ours" };
const UNREACHABLE: Reach = { kind: "unreachable", code: "ETIMEDOUT" };
const HOME = "https://home.example";
const NOW = 1_800_000_000_000;

interface World {
  /** The server that answers `/health` at a public address. The address is unreachable if this is left out. */
  readonly at?: Readonly<Record<string, Reach>>;
  /** When Twilio created a message: now if not given, unknown for null. */
  readonly madeAt?: Readonly<Record<string, number | null>>;
  readonly isTwilioAway?: boolean;
  readonly learnt?: string;
}

function worldOf({ at = {}, madeAt = {}, isTwilioAway = false, learnt }: World) {
  const stored: { provisional: ProvisionalAddress | null } = { provisional: null };
  const address = createPublicAddress(null, {
    learnt: () => learnt ?? null,
    provisional: () => stored.provisional,
    saveLearnt: () => {},
    saveProvisional: (provisional) => void (stored.provisional = provisional),
  });
  const asked: string[] = [];
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const clock = { now: NOW };
  const confirmation = createAddressConfirmation({
    address,
    async checkReachable(base) {
      asked.push(base);
      return at[base] ?? UNREACHABLE;
    },
    ages: {
      async createdAt({ sid }) {
        if (isTwilioAway) throw new Error("Twilio is away");
        return madeAt[sid] === undefined ? clock.now : (madeAt[sid] ?? "unknown");
      },
    },
    clock: clockWith({ now: () => clock.now }),
    logger: { debug: log, info: log, warning: log, error: log },
  });
  return {
    address,
    asked,
    lines,
    clock,
    confirmation,
    async see(...sightings: AddressSighting[]) {
      for (const sighting of sightings) confirmation.considerAddress(sighting);
      await confirmation.settled();
      return { source: address.source(), base: address.current() };
    },
  };
}

const message = (
  messageSid: string,
  base = HOME,
  hostNamedByCaller: string | null = null,
): AddressSighting => ({
  base,
  hostNamedByCaller,
  messageSid,
});
const call = (base = HOME, hostNamedByCaller: string | null = null): AddressSighting => ({
  base,
  hostNamedByCaller,
  messageSid: null,
});

const NOTHING = { source: null, base: null };
const learnt = (base: string) => ({ source: "learnt", base });
const provisional = (base: string) => ({ source: "provisional", base });

describe("if no public_url is set,", () => {
  const HOME_8443 = `${HOME}:8443`;
  const OTHER: Reach = { kind: "other", status: 404 };
  type Row = readonly [webhooks: string, world: World, sightings: readonly AddressSighting[], base: string];

  const LEARNT: readonly Row[] = [
    ["a message, if /health shows this app", { at: { [HOME]: OURS } }, [message("SM1")], HOME],
    ["a call, if /health shows this app", { at: { [HOME]: OURS } }, [call()], HOME],
    [
      "a call whose Host names another port, if /health shows this app there",
      { at: { [HOME_8443]: OURS, [HOME]: OTHER } },
      [call(HOME, HOME_8443)],
      HOME_8443,
    ],
    [
      "a call whose Host names a wrong port, if /health answers only without a port",
      { at: { [HOME]: OURS } },
      [call(HOME, `${HOME}:9999`)],
      HOME,
    ],
    ["two messages, if /health cannot be reached", {}, [message("SM1"), message("SM2")], HOME],
    [
      "two messages, if a router without a trusted certificate answers",
      { at: { [HOME]: { kind: "untrusted", code: "DEPTH_ZERO_SELF_SIGNED_CERT" } } },
      [message("SM1"), message("SM2")],
      HOME,
    ],
    [
      "two messages with a port, after a call without a port",
      {},
      [call(), message("SM1", HOME_8443), message("SM2", HOME_8443)],
      HOME_8443,
    ],
    [
      "two messages whose age Twilio does not report",
      { isTwilioAway: true },
      [message("SM1"), message("SM2")],
      HOME,
    ],
    [
      "two messages that Twilio does not know",
      { madeAt: { SM1: null, SM2: null } },
      [message("SM1"), message("SM2")],
      HOME,
    ],
  ];
  test.each(LEARNT)(
    "the app learns its public address from %s",
    async (_webhooks, world, sightings, base) => {
      expect(await worldOf(world).see(...sightings)).toEqual(learnt(base));
    },
  );

  const PROVISIONAL: readonly Row[] = [
    ["a call, if /health cannot be reached", {}, [call()], HOME],
    ["many calls, if /health cannot be reached", {}, [call(), call(), call()], HOME],
    ["a call whose Host names a port, if /health cannot be reached", {}, [call(HOME, `${HOME}:9999`)], HOME],
    ["one message, if /health cannot be reached", {}, [message("SM1")], HOME],
    ["the same message twice", {}, [message("SM1"), message("SM1")], HOME],
    [
      "a message with a port, before a call without a port",
      {},
      [message("SM1", HOME_8443), call()],
      HOME_8443,
    ],
    [
      "one message to each of two public addresses",
      {},
      [message("SM1"), message("SM2", HOME_8443)],
      HOME_8443,
    ],
  ];
  test.each(PROVISIONAL)(
    "the app has only a provisional public address from %s",
    async (_webhooks, world, sightings, base) => {
      expect(await worldOf(world).see(...sightings)).toEqual(provisional(base));
    },
  );

  test.each<[string, World, AddressSighting[]]>([
    ["two messages, if /health is not found", { at: { [HOME]: OTHER } }, [message("SM1"), message("SM2")]],
    [
      "two messages, if another process of the app answers",
      { at: { [HOME]: { kind: "other", status: 200 } } },
      [message("SM1"), message("SM2")],
    ],
    [
      "two messages, if /health redirects",
      { at: { [HOME]: { kind: "redirected" } } },
      [message("SM1"), message("SM2")],
    ],
    ["a call, if another server answers at /health", { at: { [HOME]: OTHER } }, [call()]],
    [
      "two captured messages, made an hour ago",
      { madeAt: { SM1: NOW - 3_600_000, SM2: NOW - 3_600_000 } },
      [message("SM1"), message("SM2")],
    ],
  ])("the app has no public address from %s", async (_webhooks, world, sightings) => {
    expect(await worldOf(world).see(...sightings)).toEqual(NOTHING);
  });
});

test("a provisional public address is removed if another server answers at this address", async () => {
  const at: Record<string, Reach> = {};
  const world = worldOf({ at });
  expect(await world.see(call())).toEqual(provisional(HOME));
  at[HOME] = { kind: "other", status: 404 };
  world.clock.now += 60_000;
  expect(await world.see(call())).toEqual(NOTHING);
  expect(world.lines.at(-1)).toMatch(/another server answers at .*\/health.*public_url/);
});

test("a provisional public address is confirmed as soon as its /health is answered by this app", async () => {
  const at: Record<string, Reach> = {};
  const world = worldOf({ at });
  await world.see(message("SM1"));
  at[HOME] = OURS;
  expect(await world.see(call())).toEqual(provisional(HOME));
  world.clock.now += 60_000;
  expect(await world.see(call())).toEqual(learnt(HOME));
});

test("a provisional public address is logged once, with what the user can do to confirm it", async () => {
  const world = worldOf({});
  await world.see(call(), call(), message("SM1"));
  expect(world.lines).toHaveLength(1);
  expect(world.lines[0]).toMatch(
    /uses https:\/\/home\.example as its public address for now.*as public_url in the app's options/,
  );
});

test("the app checks each possible public address at most once a minute, and only a few of them", async () => {
  const world = worldOf({});
  await world.see(...Array.from({ length: 15 }, (_, index) => call(HOME, `${HOME}:${1000 + index}`)));
  expect(world.asked).toHaveLength(10);
  expect(new Set(world.asked).size).toBe(10);
  await world.see(call());
  expect(world.asked).toHaveLength(10);
  world.clock.now += 60_000;
  await world.see(call());
  expect(world.asked).toHaveLength(11);
});

test("the app learns no public address after it has stopped", async () => {
  const world = worldOf({ at: { [HOME]: OURS } });
  world.confirmation.considerAddress(message("SM1"));
  world.confirmation[Symbol.dispose]();
  await world.confirmation.settled();
  expect(world.address.source()).toBeNull();
});

describe("once the app has learnt its public address,", () => {
  const OLD = "https://old.example";

  test("another public address in a webhook is not learnt, and is accepted and logged only if it reaches this app", async () => {
    const world = worldOf({ learnt: OLD, at: { [`${HOME}:8443`]: OURS } });
    const { reachesThisApp } = world.confirmation;
    expect(await reachesThisApp({ base: HOME, hostNamedByCaller: null })).toBe(false);
    expect(await reachesThisApp({ base: `${HOME}:8443`, hostNamedByCaller: null })).toBe(true);
    expect(await reachesThisApp({ base: HOME, hostNamedByCaller: `${HOME}:8443` })).toBe(true);
    expect(world.address.current()).toBe(OLD);
    expect(world.lines).toHaveLength(1);
    expect(world.lines[0]).toMatch(/also reaches the app at .*:8443.*old\.example.*Forget this address/);
  });

  test("a webhook that is valid for the learnt public address causes no check of a public address", async () => {
    const world = worldOf({ learnt: OLD });
    expect(await world.see(message("SM1"), message("SM2"))).toEqual(learnt(OLD));
    expect(world.asked).toEqual([]);
  });
});
