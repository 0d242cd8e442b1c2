import { expect, test } from "vitest";

import type { Reach } from "../../src/inbound/reach.ts";
import { judgeReach } from "../../src/setup/judge-reach.ts";

const OURS: Reach = { kind: "ours" };
const NOT: Reach = { kind: "unreachable", code: "ETIMEDOUT" };
const OTHER: Reach = { kind: "other", status: 404 };
const failedAt = (at: number) => ({ at, code: "11200" });

test.each([
  ["the app reaches itself and Twilio was never heard", OURS, null, null, "reached_inside", "waiting"],
  ["the app reaches itself and Twilio was heard", OURS, null, 1, "reached", "good"],
  ["Twilio has come through since its failure", OURS, failedAt(1), 2, "reached", "good"],
  ["the app reaches itself after Twilio's failure", OURS, failedAt(2), 1, "failed_before", "waiting"],
  ["only Twilio reaches it", NOT, null, 1, "reached_by_twilio", "good"],
  ["only Twilio reaches it, past the router's own page", OTHER, null, 1, "reached_by_twilio", "good"],
  ["nobody has reached it", NOT, null, null, "unreachable", "waiting"],
  ["something else answers and Twilio was never heard", OTHER, null, null, "other", "attention"],
  ["Twilio has failed since it was heard", NOT, failedAt(2), 1, "failed", "attention"],
  ["Twilio has failed and was never heard", NOT, failedAt(2), null, "failed", "attention"],
] as const)("%s", (_name, reach, failure, heardAt, verdict, state) => {
  expect(judgeReach(reach, failure, heardAt)).toEqual({ verdict, state });
});
