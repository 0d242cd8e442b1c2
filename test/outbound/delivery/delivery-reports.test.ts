import { expect, test } from "vitest";

import type { Notification } from "../../../src/domain/notification.ts";
import { createDeliveryReports } from "../../../src/outbound/delivery/delivery-reports.ts";
import { commandOf } from "./command-of.ts";

const FAILURE: Notification = { id: "failed", title: "Twilio", message: "It failed." };

function reportsOf(failure: Notification | null) {
  const raised: Notification[] = [];
  let reported = 0;
  const reports = createDeliveryReports({
    onReported: () => void (reported += 1),
    noteRetry() {},
    describeFailure: () => failure,
    notifications: { raise: (notification) => void raised.push(notification) },
  });
  return { reports, raised, reported: () => reported };
}

test.each([
  ["a notifier's command that failed raises a notification", "notify.sms", FAILURE, [FAILURE]],
  ["a notifier's command that succeeded raises none", "notify.sms", null, []],
  ["an automation's request raises none, because its action fails", "twilio_request", FAILURE, []],
])("after a request has ended: %s", (_title, origin, failure, expected) => {
  const { reports, raised, reported } = reportsOf(failure);
  reports.finished(commandOf(["+1"], { origin }), []);
  expect(raised).toEqual(expected);
  expect(reported()).toBe(1);
});
