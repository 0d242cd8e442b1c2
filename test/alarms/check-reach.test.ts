import { expect, test } from "vitest";

import { createReachCheck } from "../../src/alarms/check-reach.ts";
import type { Notification } from "../../src/domain/notification.ts";

/** Runs the first daily check for Alice, and returns its notifications. `account`: its state at Twilio. */
async function checkAlice(language: string, account: "ok" | "suspended"): Promise<Notification[]> {
  const stopping = new AbortController();
  const raised: Notification[] = [];
  let waits = 0;
  const check = createReachCheck({
    contacts: () => [{ name: "Alice", number: "+12125550101", push: "mobile_app_alice" }],
    resolveRecipient: () => Promise.resolve({ ok: true, address: "+12125550101", contact: "Alice" }),
    journal: { recentAlarms: () => [], hasOptedOut: () => false },
    sources: {
      account: () => Promise.resolve(account),
      senderProblem: () => Promise.resolve(null),
      publicAddress: () => "https://twilio.example.com",
      pushExists: () => Promise.resolve(false),
    },
    notifications: { raise: (one) => void raised.push(one), dismiss: () => {} },
    language: () => language,
    clock: {
      wait: () => {
        waits += 1;
        // The first wait is the one after the start.
        if (waits > 1) stopping.abort();
        return Promise.resolve();
      },
    },
  });
  await check.run(stopping.signal);
  return raised;
}

test("the daily check names a person whom alarms cannot reach, with each reason", async () => {
  expect(await checkAlice("en-US", "suspended")).toEqual([
    {
      id: "twilio_alarm_reach_alice",
      title: "Alarms cannot reach Alice",
      message: expect.stringMatching(
        /^Twilio has suspended the account\.\n\n.*notify\.mobile_app_alice/,
      ) as string,
    },
  ]);
});

test("the daily check speaks the app's language", async () => {
  expect(await checkAlice("de-DE", "ok")).toMatchObject([
    {
      title: "Alarme erreichen Alice nicht",
      message: expect.stringContaining("Home Assistant hat keine Aktion") as string,
    },
  ]);
});
