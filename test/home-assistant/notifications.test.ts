import { expect, test } from "vitest";

import { createNotifications } from "../../src/home-assistant/notifications.ts";
import { startHouse, until } from "./start-house.ts";

const SILENT = { debug() {}, info() {}, warning() {}, error() {} };

test("a notification is raised and dismissed under its id", async () => {
  await using house = await startHouse();
  const { fake, home } = house;
  await until(() => home.running);
  const notifications = createNotifications(home, SILENT);
  notifications.raise({ id: "twilio_x", title: "Twilio", message: "Trouble" });
  notifications.dismiss("twilio_x");
  await until(() => fake.called.length > 1);
  expect(fake.called).toEqual([
    {
      domain: "persistent_notification",
      service: "create",
      data: { notification_id: "twilio_x", title: "Twilio", message: "Trouble" },
    },
    { domain: "persistent_notification", service: "dismiss", data: { notification_id: "twilio_x" } },
  ]);
});

test("what is raised while Home Assistant is away is shown when it is back, the last word on each", async () => {
  await using house = await startHouse();
  const { fake, home } = house;
  const notifications = createNotifications(home, SILENT);
  notifications.raise({ id: "twilio_x", title: "Twilio", message: "Trouble" });
  notifications.raise({ id: "twilio_x", title: "Twilio", message: "More trouble" });
  notifications.raise({ id: "twilio_y", title: "Twilio", message: "Cured" });
  notifications.dismiss("twilio_y");
  await until(() => fake.called.length > 1);
  expect(fake.called.map(({ service, data }) => [service, (data as { message?: string }).message])).toEqual([
    ["create", "More trouble"],
    ["dismiss", undefined],
  ]);
});
