import { expect, test } from "vitest";

import { publishNotifications } from "../../src/app/published-notifications.ts";
import type { AppEvent } from "../../src/domain/events/app-event.ts";
import { englishWords } from "../../src/domain/notification.ts";

test("when a notification is shown or removed, the app publishes only the notification's ID on its event hub", () => {
  const shown: string[] = [];
  const published: AppEvent[] = [];
  const notifications = publishNotifications(
    {
      raise: (notification) => void shown.push(englishWords(notification).message),
      dismiss: (id) => void shown.push(`no ${id}`),
    },
    (event) => void published.push(event),
  );
  notifications.raise({ id: "a", title: "Problem", message: "The disk is full." });
  notifications.dismiss("a");
  expect(shown).toEqual(["The disk is full.", "no a"]);
  expect(published).toEqual([
    { kind: "notification_raised", id: "a" },
    { kind: "notification_dismissed", id: "a" },
  ]);
});
