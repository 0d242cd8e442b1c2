import { expect, test, vi } from "vitest";

import { OURS, startHouse, THEIRS } from "../../app/start-house.ts";
import type { TestHouse } from "../../app/start-house.ts";

const MISSING = "twilio_notify_missing";
const notifiers = ["sms", "call"].map((name) => ({ name, type: name, from_number: OURS }));

async function settles(check: () => void): Promise<void> {
  await vi.waitFor(check, { interval: 5 });
}

/** The latest text of the notification, or null if it was removed. */
function shown({ home }: TestHouse): string | null | undefined {
  const last = home.called.findLast(
    ({ data }) => (data as { notification_id?: string }).notification_id === MISSING,
  );
  if (last === undefined) return undefined;
  return last.service === "create" ? (last.data as { message: string }).message : null;
}

/** Restarts Home Assistant with these notify actions. */
function restartWith({ home }: TestHouse, actions: readonly string[]): void {
  home.behaviour.notifyActions = actions;
  home.disconnect(1000);
}

test("if a notifier's action is missing in Home Assistant, a notification shows the YAML to add", async () => {
  await using house = await startHouse({ notifiers });
  await settles(() => expect(shown(house)).toBeNull());
  restartWith(house, ["sms"]);
  await settles(() => expect(shown(house)).toContain("notify.call"));
  expect(shown(house)).toContain(
    "```yaml\nnotify:\n  - platform: group\n    name: call\n    services: []\n```",
  );
  expect(shown(house)).toContain("Restart Home Assistant");
  expect(shown(house)).not.toContain("notify.sms");
  restartWith(house, []);
  await settles(() => expect(shown(house)).toContain("notify.sms, notify.call"));
  restartWith(house, ["sms", "call"]);
  await settles(() => expect(shown(house)).toBeNull());
});

test("the check whether a notifier's action exists sends nothing and fires no event", async () => {
  await using house = await startHouse({ notifiers });
  await settles(() => expect(shown(house)).toBeNull());
  house.home.emit("call_service", {
    domain: "notify",
    service: "sms",
    service_data: house.home.received.findLast(({ service }) => service === "sms")?.["service_data"],
  });
  house.home.emit("call_service", {
    domain: "notify",
    service: "sms",
    service_data: { message: "after it", target: THEIRS },
  });
  await settles(() => expect(house.fired("twilio_result")).toMatchObject([{ ok: true }]));
  expect(house.twilio.messages()).toMatchObject([{ body: "after it" }]);
});

test("the app notices when a notifier's action is added or removed while Home Assistant runs", async () => {
  await using house = await startHouse({ notifiers });
  await settles(() => expect(shown(house)).toBeNull());
  house.home.behaviour.notifyActions = ["sms"];
  house.home.emit("service_removed", { domain: "notify", service: "call" });
  await settles(() => expect(shown(house)).toContain("notify.call"));
  house.home.behaviour.notifyActions = ["sms", "call"];
  house.home.emit("service_registered", { domain: "notify", service: "call" });
  await settles(() => expect(shown(house)).toBeNull());
});

test("a reload of Home Assistant's notify groups, which removes the actions and adds them again, shows no notification", async () => {
  await using house = await startHouse({ notifiers });
  await settles(() => expect(shown(house)).toBeNull());
  const probes = (): number => house.home.received.filter(({ service }) => service === "call").length;
  const before = probes();
  house.home.behaviour.notifyActions = [];
  for (const service of ["sms", "call"]) house.home.emit("service_removed", { domain: "notify", service });
  house.home.behaviour.notifyActions = ["sms", "call"];
  for (const service of ["sms", "call"]) house.home.emit("service_registered", { domain: "notify", service });
  await settles(() => expect(probes()).toBe(before + 1));
  expect(house.app.lines.join()).not.toContain("has no action");
});

test("a paused notifier is reported with all steps that end the pause", async () => {
  await using house = await startHouse({ notifiers });
  house.home.components.push("twilio_sms.notify");
  house.home.disconnect(1000);
  const paused = (): string | undefined =>
    house.home.called
      .filter(({ service }) => service === "create")
      .map(({ data }) => data as { notification_id: string; message: string })
      .findLast(({ notification_id: id }) => id === "twilio_core_platform")?.message;
  await settles(() => expect(paused()).toContain("notify.sms: paused"));
  expect(paused()).toContain("delete each entry below `notify:` with `platform: twilio_sms`");
  expect(paused()).toContain("```yaml\nnotify:\n  - platform: group\n    name: sms\n    services: []\n```");
  expect(paused()).toContain("Restart Home Assistant");
  expect(paused()).not.toContain("notify.call");
});

test("an event that Home Assistant cannot write as JSON is reported with what to change, and the next event is received", async () => {
  await using house = await startHouse({ notifiers });
  house.home.breakSubscriptions();
  await settles(() => expect(JSON.stringify(house.home.called)).toContain("twilio_unreadable_request"));
  expect(JSON.stringify(house.home.called)).toContain("No. {{ number }}");
  await settles(() => expect(house.home.listensTo("twilio_request")).toBe(true));
  house.request({ command: "send_message", payload: { to: THEIRS, message: "the next one" } });
  await settles(() => expect(house.twilio.messages()).toMatchObject([{ body: "the next one" }]));
});
