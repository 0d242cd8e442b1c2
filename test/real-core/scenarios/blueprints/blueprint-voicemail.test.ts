import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";

import {
  ALICE,
  BOB,
  type BlueprintHouse,
  startBlueprintHouse,
  STRANGER,
} from "../../house/start-blueprint-house.ts";
import { removeAutomation, useBlueprint } from "../../house/use-blueprint.ts";
import { describeWithCore } from "../../install/describe-with-core.ts";

describeWithCore("the blueprints for calls that nobody answers", (installation) => {
  let house: BlueprintHouse;
  const used: string[] = [];

  beforeAll(async () => {
    house = await startBlueprintHouse(installation);
  });
  afterEach(async () => {
    for (const id of used.splice(0)) await removeAutomation(house.client, id);
    await house.client.callService("persistent_notification", "dismiss_all");
  });
  afterAll(async () => {
    expect(house.faults()).toEqual([]);
    await house[Symbol.asyncDispose]();
  });

  async function use(name: string, input: object = {}): Promise<void> {
    await useBlueprint(house.client, name, { ...input });
    used.push(name);
  }
  const notifications = async (title: string): Promise<string[]> => {
    const all = await house.client.persistentNotifications();
    return all.filter((one) => one.title === title).map(({ message }) => message);
  };
  const shown = (title: string) =>
    vi.waitFor(
      async () => {
        const [message] = await notifications(title);
        if (message === undefined) throw new Error("not shown yet");
        return message;
      },
      { interval: 50 },
    );

  test.each([
    ["a key", "#"],
    ["hanging up", undefined],
  ])("report a recording that %s ends, with its length and a link", async (_how, key) => {
    await use("voicemail", { greeting: "Speak.", most_seconds: 60 });
    const call = await house.ring(ALICE);
    await call.until(({ waitingFor }) => waitingFor === "record");
    if (key === undefined) await call.hangUp({ after: 7 });
    else await call.record(7, key);
    await call.over();
    expect(call.sounds.slice(0, 2)).toMatchObject([{ say: "Speak." }, { beep: true }]);
    expect(await shown("Voicemail")).toMatch(
      /^Alice, 7 seconds: \[listen\]\(http.*\/Recordings\/RE\w+\.mp3\)$/,
    );
    expect(call.notes).toEqual([]);
  });

  test("report no recording if the caller says nothing", async () => {
    await use("voicemail");
    await using results = await house.client.events("twilio_result");
    const call = await house.ring(STRANGER);
    await call.until(({ waitingFor }) => waitingFor === "record");
    await call.stayQuiet();
    await call.over();
    await results.next();
    expect(await notifications("Voicemail")).toEqual([]);
  });

  test("leave the calls of people who are not selected to other automations", async () => {
    await use("voicemail", { callers: "strangers" });
    const [call] = await house.ringUntaken([ALICE]);
    expect(call?.sounds).toMatchObject([{ rejected: "busy" }]);
  });

  test("report a missed call, but not a call that is being answered or was rejected", async () => {
    await use("missed_call");
    await use("gate_on_call", { contacts: ["Alice"], actions: [] });
    await use("voicemail", { callers: "strangers" });
    const held = await house.ring(STRANGER);
    await held.until(({ waitingFor }) => waitingFor === "record");
    const rejected = await house.ring(ALICE);
    await rejected.over();
    const missed = await house.ring(BOB);
    await missed.over();
    // This notification comes twelve seconds after the call, and the others came before it.
    expect(await shown("Missed call")).toMatch(/^Bob called at \d\d:\d\d\.$/);
    expect(await notifications("Missed call")).toHaveLength(1);
    expect(held.state).toBe("in-progress");
    await held.hangUp();
  });

  test("report a missed call with the caller's number if the caller has no name", async () => {
    await use("missed_call", { callers: "strangers" });
    const known = await house.ring(ALICE);
    const call = await house.ring(STRANGER);
    await Promise.all([known.hangUp(), call.hangUp()]);
    expect(await shown("Missed call")).toMatch(/^\+12125550199 called at \d\d:\d\d\.$/);
    expect(await notifications("Missed call")).toHaveLength(1);
  });

  test("report a call that came while Home Assistant was not running, as soon as it runs", async () => {
    await use("missed_call");
    await house.client.command({
      type: "fire_event",
      event_type: "twilio_data_missed",
      event_data: {
        CallSid: "CA1",
        CallStatus: "ringing",
        Direction: "inbound",
        From: ALICE,
        contact: "Alice",
        received_at: "2026-11-25T01:02:03.000Z",
        age_seconds: 100,
      },
    });
    expect(await shown("Missed call")).toBe("Alice called at 01:02.");
  });
});
