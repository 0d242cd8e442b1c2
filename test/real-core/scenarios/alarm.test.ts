import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

import type { SimulatedCall } from "../../twilio-simulator/phone/simulated-call.ts";
import { connectToCore } from "../house/core/core-client.ts";
import { startHouseWithAlarms } from "../house/start-house-with-alarms.ts";
import type { HouseWithAlarms } from "../house/start-house-with-alarms.ts";
import { describeWithCore } from "../install/describe-with-core.ts";

/** An alarm that is in one state when Home Assistant stops. */
interface Scene {
  readonly behaviour: string;
  /** Brings the alarm into its state. */
  readonly before?: () => Promise<unknown>;
  /** Acts while Home Assistant is down. */
  readonly meanwhile?: () => Promise<unknown>;
  /** Acts after Home Assistant has started again, and checks the events that automations have received. */
  readonly after: () => Promise<void>;
}

describeWithCore("alarms that automations start in a real Home Assistant", (installation) => {
  let house: HouseWithAlarms;
  beforeAll(async () => {
    house = await startHouseWithAlarms(installation);
  });
  afterAll(() => house[Symbol.asyncDispose]());

  test("the action script.twilio_alarm waits until somebody takes the alarm, and returns this person", async () => {
    await house.start({ alarm: "Water", people: ["Alice", "Bob"], wait: true });
    const alice = await house.answers("Alice");
    await house.takes(alice);
    await vi.waitFor(async () => {
      const returned = await house.events("alarm_returned", "Water");
      expect(returned).toMatchObject([{ data: { state: "taken", person: "Alice" } }]);
    });
    expect(alice.notes).toEqual([]);
    expect(house.twilio.violations()).toEqual([]);
    await house.stop("Water");
    await house.receives("Water", ["started", "calling Alice", "taken Alice", "closed Alice"]);
  });

  describe("after a restart of Home Assistant", () => {
    const calls = new Map<string, SimulatedCall>();
    const callOf = (name: string): SimulatedCall => {
      const call = calls.get(name);
      if (call !== undefined) return call;
      throw new Error(`${name} has not answered`);
    };

    const scenes: readonly Scene[] = [
      {
        behaviour: "an alarm that had ended calls nobody again",
        async before() {
          await house.start({ alarm: "Ended", people: ["Bob"] });
          await house.rings("Bob");
          await house.stop("Ended");
          await house.receives("Ended", ["started", "calling Bob", "stopped"]);
        },
        async after() {
          await house.receives("Ended", ["started", "calling Bob", "stopped"]);
          expect(house.callsTo("Bob")).toBe(1);
        },
      },
      {
        behaviour: "a start within the quiet time calls nobody, and only tells the person who has the alarm",
        async before() {
          await house.start({ alarm: "Quiet", people: ["Carol", "Bob"] });
          await house.takes(await house.answers("Carol"));
          await house.receives("Quiet", ["started", "calling Carol", "taken Carol"]);
        },
        async after() {
          await house.start({ alarm: "Quiet", people: ["Carol", "Bob"] }, "repeated Carol");
          await house.text("Carol", /It was reported again/);
          await house.stop("Quiet");
          const later = ["taken Carol", "repeated Carol", "closed Carol"];
          await house.receives("Quiet", ["started", "calling Carol", ...later]);
          expect(house.callsTo("Carol")).toBe(1);
        },
      },
      {
        behaviour: "a phone that rang was not called again, and the next person has taken the alarm",
        async before() {
          await house.start({ alarm: "Ringing", people: ["Dave", "Erin"] });
          calls.set("Dave", await house.rings("Dave"));
        },
        async meanwhile() {
          await house.twilio.advanceCall(callOf("Dave").sid, "busy");
          await house.takes(await house.answers("Erin"));
        },
        async after() {
          await house.receives("Ringing", ["started", "calling Dave", "calling Erin", "taken Erin"]);
          expect([house.callsTo("Dave"), house.callsTo("Erin")]).toEqual([1, 1]);
        },
      },
      {
        behaviour:
          "the key of a person on the line has taken the alarm, and the automation that waited is gone",
        async before() {
          await house.start({ alarm: "Listening", people: ["Frank"], wait: true });
          calls.set("Frank", await house.answers("Frank"));
        },
        meanwhile: () => house.takes(callOf("Frank")),
        async after() {
          await house.receives("Listening", ["started", "calling Frank", "taken Frank"]);
          expect(house.callsTo("Frank")).toBe(1);
          await using client = await connectToCore(house.core.url, house.core.token);
          expect((await client.state("automation.start_alarm"))?.attributes["current"]).toBe(0);
          expect(await house.events("alarm_returned", "Listening")).toEqual([]);
        },
      },
      {
        behaviour: "a reply to a text message has taken the alarm, and nobody else got a text",
        async before() {
          await house.start({
            alarm: "Text",
            people: ["Grace", "Heidi"],
            channels: ["sms"],
            wait_seconds: 3_600,
          });
          await house.text("Grace", /^Text/);
        },
        async meanwhile() {
          const [code = ""] = /\d{6}/.exec(await house.text("Grace", /^Text/)) ?? [];
          await house.writes("Grace", code);
          await house.text("Grace", /You have it/);
        },
        async after() {
          await house.receives("Text", ["started", "calling Grace", "taken Grace"]);
          expect(house.twilio.messages().filter(({ body }) => body.startsWith("Text:"))).toHaveLength(2);
        },
      },
      {
        behaviour: "the button of a push that was sent before it takes the alarm",
        async before() {
          await house.start({ alarm: "Push", people: ["Olga"], channels: ["push"], wait_seconds: 3_600 });
          await house.push("Push");
        },
        async after() {
          await using client = await connectToCore(house.core.url, house.core.token);
          const event_data = { action: await house.push("Push") };
          const event_type = "mobile_app_notification_action";
          await client.command({ type: "fire_event", event_type, event_data });
          await house.receives("Push", ["started", "calling Olga", "taken Olga"]);
        },
      },
      {
        behaviour: "automations hear that nobody took an alarm that has ended meanwhile",
        async before() {
          await house.start({ alarm: "Unanswered", people: ["Ivan"], rounds: 1, calls: 1 });
          calls.set("Ivan", await house.rings("Ivan"));
        },
        async meanwhile() {
          await house.twilio.advanceCall(callOf("Ivan").sid, "no-answer");
          await house.text("Ivan", /Nobody has taken this alarm/);
        },
        async after() {
          await house.receives("Unanswered", ["started", "calling Ivan", "unanswered"]);
          expect(house.callsTo("Ivan")).toBe(1);
        },
      },
      {
        behaviour: "the person who has the alarm has confirmed a reminder, and keeps the alarm",
        async before() {
          // The text is waited for, so a slow restart of Home Assistant does not open the alarm again.
          const channels = ["call", "sms"];
          const slow = { remind_seconds: 15, wait_seconds: 3_600 };
          await house.start({ alarm: "Reminder", people: ["Judy"], channels, ...slow });
          await house.takes(await house.answers("Judy"));
          await house.receivesLast("Reminder", "taken Judy");
        },
        async meanwhile() {
          await house.takes(await house.answers("Judy"));
        },
        async after() {
          await house.stop("Reminder");
          await house.receives("Reminder", [
            "started",
            ...Array(2).fill("calling Judy"),
            "taken Judy",
            "closed Judy",
          ]);
          // The next reminder may have begun.
          expect([2, 3]).toContain(house.callsTo("Judy"));
        },
      },
      {
        behaviour: "the round after the pause has begun, with one call",
        async before() {
          await house.start({ alarm: "Pause", people: ["Karl"], calls: 1, pause_seconds: 8 });
          await house.twilio.advanceCall((await house.rings("Karl")).sid, "no-answer");
        },
        async meanwhile() {
          await house.takes(await house.answers("Karl"));
        },
        async after() {
          await house.receivesLast("Pause", "taken Karl");
          expect(house.callsTo("Karl")).toBe(2);
        },
      },
      {
        behaviour: "another person on the line has heard who took the alarm just before",
        async before() {
          const people = ["Laura", "Mike"] as const;
          await house.start({ alarm: "Taken", people, order: "all_at_once" });
          calls.set("Mike", await house.answers("Mike"));
          const laura = await house.answers("Laura");
          twilioIsBack = await house.twilio.refuseConnections();
          await house.takes(laura);
          await house.receives("Taken", ["started", "calling Laura", "calling Mike", "taken Laura"]);
        },
        async meanwhile() {
          await callOf("Mike").over();
          expect(callOf("Mike").said.at(-1)).toBe("Laura has this alarm. You do not need to do anything.");
        },
        async after() {
          await house.receives("Taken", ["started", "calling Laura", "calling Mike", "taken Laura"]);
          expect([house.callsTo("Laura"), house.callsTo("Mike")]).toEqual([1, 1]);
        },
      },
      {
        behaviour: "an alarm that had just started, before Twilio could be asked, has made one call",
        async before() {
          await house.start({ alarm: "Just started", people: ["Peter"] });
          expect(house.callsTo("Peter")).toBe(0);
        },
        async meanwhile() {
          await house.takes(await house.answers("Peter"));
        },
        async after() {
          await house.receivesLast("Just started", "taken Peter");
          expect(house.callsTo("Peter")).toBe(1);
        },
      },
      {
        behaviour: "an alarm that an automation starts together with Home Assistant makes one call",
        async after() {
          await house.takes(await house.answers("Nora"));
          await house.receives("Power", ["started", "calling Nora", "taken Nora"]);
          expect(house.callsTo("Nora")).toBe(1);
        },
      },
    ];
    /** Ends the failure of Twilio's API. It begins shortly before the restart. */
    let twilioIsBack = (): Promise<void> => Promise.resolve();

    beforeAll(async () => {
      for (const { before } of scenes) await before?.();
      await house.core.stop();
      await twilioIsBack();
      await Promise.all(scenes.map(async ({ meanwhile }) => await meanwhile?.()));
      await house.core.restart();
    });

    test.each(scenes)("$behaviour", async ({ after }) => {
      await expect(after()).resolves.toBeUndefined();
    });

    test("automations have reacted to each taken alarm one time", async () => {
      for (const alarm of ["Ringing", "Listening", "Text", "Push", "Pause", "Taken", "Just started", "Power"])
        expect(await house.events("alarm_was_taken", alarm)).toHaveLength(1);
    });
  });
});
