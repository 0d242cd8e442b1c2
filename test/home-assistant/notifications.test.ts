import { expect, test } from "vitest";

import { createNotifications } from "../../src/home-assistant/notifications.ts";
import { loadTexts } from "../../src/texts/texts-for.ts";
import { startHouse, until } from "./start-house.ts";

const SILENT = { debug() {}, info() {}, warning() {}, error() {} };

test("a notification in Home Assistant is shown and removed by its ID", async () => {
  await using house = await startHouse();
  const { fake, home } = house;
  await until(() => home.running);
  const notifications = createNotifications(home, SILENT);
  notifications.raise({ id: "twilio_x", title: "Twilio", message: "Problem" });
  notifications.dismiss("twilio_x");
  await until(() => fake.called.length > 1);
  expect(fake.called).toEqual([
    {
      domain: "persistent_notification",
      service: "create",
      data: { notification_id: "twilio_x", title: "Twilio", message: "Problem" },
    },
    { domain: "persistent_notification", service: "dismiss", data: { notification_id: "twilio_x" } },
  ]);
});

test("while Home Assistant is away, the newest text of each notification waits, and is shown afterwards", async () => {
  await using house = await startHouse();
  const { fake, home } = house;
  const notifications = createNotifications(home, SILENT);
  notifications.raise({ id: "twilio_x", title: "Twilio", message: "Problem" });
  notifications.raise({ id: "twilio_x", title: "Twilio", message: "Another problem" });
  notifications.raise({ id: "twilio_y", title: "Twilio", message: "Cured" });
  notifications.dismiss("twilio_y");
  await until(() => fake.called.length > 1);
  expect(fake.called.map(({ service, data }) => [service, (data as { message?: string }).message])).toEqual([
    ["create", "Another problem"],
    ["dismiss", undefined],
  ]);
});

test("the language of a notification is Home Assistant's language at the time when it is shown", async () => {
  await using house = await startHouse({ behaviour: { language: "de" } });
  const { fake, home } = house;
  await loadTexts("de");
  const notifications = createNotifications(home, SILENT);
  notifications.raise({
    id: "twilio_x",
    say: ({ language }) => ({ title: language, message: "x" }),
  });
  await until(() => fake.called.length > 0);
  expect(fake.called[0]?.data).toEqual({ notification_id: "twilio_x", title: "de", message: "x" });
});
