import { expect, test, vi } from "vitest";

import { OURS, THEIRS } from "../app/start-house.ts";
import { PATIENCE_MS } from "../patience.ts";
import { startRelayHouse } from "./start-relay-house.ts";

test("while the app is away, the relay makes Twilio retry messages, and callers hear a sentence", async () => {
  const answerTime = { ms: PATIENCE_MS };
  await using house = await startRelayHouse({ answerTime });
  const { twilio, app } = house;
  await vi.waitFor(() =>
    expect(twilio.cloud.requests.some(({ form }) => form["UniqueName"] === "present")).toBe(true),
  );
  const answers: unknown[] = [];
  // This is longer than the relay waits before it checks whether the app was running in the last day.
  answerTime.ms = 5_000;
  await app.restart(async () => {
    const [message, call] = await Promise.all([
      twilio.receiveMessage({ from: THEIRS, to: OURS, body: "nobody" }),
      twilio.placeCall({ from: THEIRS, to: OURS }),
    ]);
    answers.push(message.status, call.transcript);
  });
  expect(answers[0]).toBe(503);
  expect(JSON.stringify(answers[1])).toContain("Sorry, this cannot go on right now. Goodbye.");
});
