import { expect, test } from "vitest";

import type { Reach } from "../../src/inbound/reach.ts";
import { judgeReach } from "../../src/setup/judge-reach.ts";

const OURS: Reach = { kind: "ours" };
const NOT: Reach = { kind: "unreachable", code: "ETIMEDOUT" };
const OTHER: Reach = { kind: "other", status: 404 };
const failedAt = (at: number) => ({ at, code: "11200" });

test.each([
  ["the app reaches itself and no webhook has come", OURS, null, null, "reached_inside", "open"],
  ["the app reaches itself and a webhook has come", OURS, null, 1, "reached", "good"],
  ["Twilio has come through since its failure", OURS, failedAt(1), 2, "reached", "good"],
  ["the app reaches itself after Twilio's failure", OURS, failedAt(2), 1, "failed_before", "waiting"],
  ["only Twilio reaches it", NOT, null, 1, "reached_by_twilio", "good"],
  ["only Twilio reaches it, past the router's own page", OTHER, null, 1, "reached_by_twilio", "good"],
  ["nobody has reached it", NOT, null, null, "unreachable", "open"],
  ["another server answers and no webhook has come", OTHER, null, null, "other", "attention"],
  ["a webhook has failed since the last one", NOT, failedAt(2), 1, "failed", "attention"],
  ["a webhook has failed and none has come", NOT, failedAt(2), null, "failed", "attention"],
] as const)("%s", (_name, reach, failure, lastSignedAt, verdict, state) => {
  expect(judgeReach(reach, failure, lastSignedAt)).toEqual({ verdict, state });
});
