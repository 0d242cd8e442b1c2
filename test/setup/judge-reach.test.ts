import { expect, test } from "vitest";

import type { Reach } from "../../src/inbound/reach.ts";
import { judgeReach } from "../../src/setup/judge-reach.ts";

const OURS: Reach = { kind: "ours" };
const NOT: Reach = { kind: "unreachable", code: "ETIMEDOUT" };
const OTHER: Reach = { kind: "other", status: 404 };
const failedAt = (at: number) => ({ at, code: "11200" });

test.each([
  [
    "the app reaches itself at this address, and no webhook has come",
    OURS,
    null,
    null,
    "reached_inside",
    "open",
  ],
  ["the app reaches itself at this address, and a webhook has come", OURS, null, 1, "reached", "good"],
  ["a webhook has come since Twilio failed to deliver one", OURS, failedAt(1), 2, "reached", "good"],
  [
    "the app reaches itself, and no webhook has come since Twilio failed to deliver one",
    OURS,
    failedAt(2),
    1,
    "failed_before",
    "waiting",
  ],
  [
    "webhooks come, although the app cannot reach itself at this address",
    NOT,
    null,
    1,
    "reached_by_twilio",
    "good",
  ],
  [
    "webhooks come, although the app finds the router's own page at this address",
    OTHER,
    null,
    1,
    "reached_by_twilio",
    "good",
  ],
  ["neither the app nor Twilio has reached this address", NOT, null, null, "unreachable", "open"],
  [
    "another server answers at this address, and no webhook has come",
    OTHER,
    null,
    null,
    "other",
    "attention",
  ],
  [
    "Twilio has failed to deliver a webhook since the last one that came",
    NOT,
    failedAt(2),
    1,
    "failed",
    "attention",
  ],
  [
    "Twilio has failed to deliver a webhook, and none has come",
    NOT,
    failedAt(2),
    null,
    "failed",
    "attention",
  ],
] as const)(
  "the page Setup judges the public address correctly if %s",
  (_name, reach, failure, lastSignedAt, verdict, state) => {
    expect(judgeReach(reach, failure, lastSignedAt)).toEqual({ verdict, state });
  },
);
