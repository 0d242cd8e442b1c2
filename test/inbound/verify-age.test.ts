import { expect, test } from "vitest";

import type { AgeSource } from "../../src/inbound/ports.ts";
import { createAgeVerification } from "../../src/inbound/verify-age.ts";
import type { CreatedAt, SidAge } from "../../src/inbound/verify-age.ts";
import { clockWith } from "../clock-with.ts";

const MESSAGE = `SM${"0".repeat(32)}`;

interface World {
  readonly answer: CreatedAt | "away";
  readonly isFirstStart?: boolean;
  readonly isProvider?: boolean;
  readonly sid?: string;
}

/** Checks the age of one SID until it is known, at most ten times. */
async function ageOf({ answer, isFirstStart = true, isProvider = false, sid = MESSAGE }: World) {
  const stop = new AbortController();
  const saved: SidAge[] = [];
  let asked = 0;
  const ages: AgeSource = {
    createdAt() {
      asked += 1;
      return answer === "away" ? Promise.reject(new Error("away")) : Promise.resolve(answer);
    },
  };
  const verification = createAgeVerification(
    {
      journal: {
        isFirstStart,
        unverifiedSids: () => (saved.length === 0 ? [{ sid, isCall: false }] : []),
        saveAges(found) {
          saved.push(...found);
          return Promise.resolve([]);
        },
      },
      ages,
      isProvider,
      onVerified: () => undefined,
      onConfirmedNew: () => Promise.resolve(),
      clock: clockWith({
        wait() {
          if (asked >= 10) stop.abort();
          return Promise.resolve();
        },
      }),
      logger: { debug() {}, info() {}, warning() {}, error() {} },
    },
    stop.signal,
  );
  verification.wake();
  await verification.settled();
  return { createdAt: saved[0]?.createdAt ?? null, asked };
}

test("the app reads the age of a message or call from Twilio's API", async () => {
  expect(await ageOf({ answer: 1_000 })).toEqual({ createdAt: 1_000, asked: 1 });
});

test("a webhook fires twilio_data_missed if Twilio does not find its message or call in two look-ups", async () => {
  expect(await ageOf({ answer: "unknown" })).toEqual({ createdAt: "unknown", asked: 2 });
});

test.each<[string, World, number]>([
  ["an API key that may only send", { answer: "forbidden" }, 1],
  ["a provider without look-ups of messages and calls", { answer: "unknown", isProvider: true }, 1],
  ["a message whose SID is in no list", { answer: "unknown", sid: "FW1" }, 1],
  ["a provider that does not answer", { answer: "away", isProvider: true }, 5],
])(
  "on a first start, webhooks with %s are fired after a limited number of look-ups",
  async (_title, world, asked) => {
    expect(await ageOf(world)).toEqual({ createdAt: "untold", asked });
  },
);

test.each<[string, World]>([
  ["after a lost journal, with an API key that may only send", { answer: "forbidden", isFirstStart: false }],
  [
    "after a lost journal, with a Twilio-compatible provider",
    { answer: "unknown", isFirstStart: false, isProvider: true },
  ],
])("%s, a webhook of unknown age fires twilio_data_missed", async (_title, world) => {
  expect(await ageOf(world)).toEqual({ createdAt: "unknown", asked: 2 });
});

test("a webhook whose age must be verified waits while Twilio does not answer", async () => {
  expect(await ageOf({ answer: "away" })).toEqual({ createdAt: null, asked: 10 });
});
