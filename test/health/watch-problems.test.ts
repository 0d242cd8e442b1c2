import { describe, expect, test } from "vitest";

import { englishWords } from "../../src/domain/notification.ts";
import { createProblemWatch } from "../../src/health/watch-problems.ts";
import { clockWith } from "../clock-with.ts";

const OURS = "AC1";
const MINUTE = 60_000;

interface Before {
  readonly lastReceivedAt?: number;
  readonly address?: string | null;
}

function watchWith({ lastReceivedAt, address = "https://home.example" }: Before = {}) {
  const said: string[] = [];
  const lines: string[] = [];
  const clock = { now: 1_000_000_000_000 };
  const log = (line: string): void => void lines.push(line);
  const problems = createProblemWatch({
    accountSid: OURS,
    signatureOption: "auth_token",
    publicAddress: () => address,
    configurationPath: "/config/app/a1b2c3d4_twilio/config",
    lastWebhookAt: lastReceivedAt ?? null,
    notifications: {
      raise: (one) => void said.push(`raise ${one.id}: ${englishWords(one).message}`),
      dismiss: (id) => void said.push(`dismiss ${id}`),
    },
    clock: clockWith({ now: () => clock.now }),
    logger: { debug: log, info: log, warning: log, error: log },
  });
  return { problems, said, lines, clock };
}

const ids = (said: readonly string[]): string[] => said.map((one) => one.split(":")[0] ?? "");

test("refused credentials show one notification, and a new one only if the credentials were accepted in between", () => {
  const { problems, said, lines } = watchWith();
  for (let count = 0; count < 3; count += 1) problems.credentialsRefused();
  for (let count = 0; count < 3; count += 1) problems.credentialsAccepted();
  problems.credentialsRefused();
  expect(ids(said)).toEqual([
    "raise twilio_credentials",
    "dismiss twilio_credentials",
    "raise twilio_credentials",
  ]);
  expect(lines).toHaveLength(3);
});

test("the notification about refused credentials has a link to the app's configuration, and the log line has none", () => {
  const { problems, said, lines } = watchWith();
  problems.credentialsRefused();
  expect(said[0]).toContain("in [the app's configuration](/config/app/a1b2c3d4_twilio/config), or");
  expect(lines[0]).toContain("in the app's configuration, or");
});

test("a notification that an earlier run of the app left is removed once, without a log line", () => {
  const { problems, said, lines } = watchWith();
  problems.credentialsAccepted();
  problems.credentialsAccepted();
  problems.signatureAccepted();
  problems.signatureAccepted();
  problems.accountWarnings([]);
  problems.accountWarnings([]);
  expect(said).toEqual([
    "dismiss twilio_credentials",
    "dismiss twilio_signatures",
    "dismiss twilio_unreachable",
    "dismiss twilio_hazards",
  ]);
  expect(lines).toEqual([]);
});

test("three wrong signatures for the user's account within ten minutes show a notification with the two possible faults of `auth_token` and the public address", () => {
  const { problems, said, clock } = watchWith();
  problems.signatureRefused(OURS);
  problems.signatureRefused(OURS);
  expect(said).toEqual([]);
  clock.now += 9 * MINUTE;
  problems.signatureRefused(OURS);
  problems.signatureRefused(OURS);
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(/auth_token.*another account.*replaced.*https:\/\/home\.example\/webhook/);
});

describe("the notification about wrong signatures", () => {
  const THREE_WRONG = "raise twilio_signatures";
  const OVER = "dismiss twilio_signatures";

  function refuse({ problems }: ReturnType<typeof watchWith>, times = 3): void {
    for (let count = 0; count < times; count += 1) problems.signatureRefused(OURS);
  }

  /** The changes of the notification about wrong signatures, without the dismissals of other notifications. */
  const signaturesSaid = ({ said }: ReturnType<typeof watchWith>): string[] => {
    const ofSignatures = ids(said).filter((one) => one.endsWith("twilio_signatures"));
    return ofSignatures.slice(ofSignatures.indexOf(THREE_WRONG));
  };

  test("disappears ten minutes after the last wrong signature, if a valid one came since", () => {
    const watch = watchWith();
    refuse(watch);
    watch.clock.now += 9 * MINUTE;
    refuse(watch, 1);
    watch.clock.now += 11 * MINUTE;
    watch.problems.dismissAfterCalm();
    expect(signaturesSaid(watch)).toEqual([THREE_WRONG]);
    watch.problems.signatureAccepted();
    expect(signaturesSaid(watch)).toEqual([THREE_WRONG, OVER]);
  });

  test("disappears after ten minutes without any webhook if the last signature was valid", () => {
    const watch = watchWith();
    refuse(watch);
    watch.problems.signatureAccepted();
    watch.clock.now += 10 * MINUTE - 1;
    watch.problems.dismissAfterCalm();
    expect(signaturesSaid(watch)).toEqual([THREE_WRONG]);
    watch.clock.now += 1;
    watch.problems.dismissAfterCalm();
    watch.problems.dismissAfterCalm();
    expect(signaturesSaid(watch)).toEqual([THREE_WRONG, OVER]);
  });

  test.each([
    ["a second", 1_000, 3],
    ["two minutes", 2 * MINUTE, 3],
    ["five minutes, in bursts", 5 * MINUTE, 20],
  ])("stays while wrong and valid signatures alternate every %s", (_name, everyMs, wrong) => {
    const watch = watchWith();
    for (let passed = 0; passed < 6 * 60 * MINUTE; passed += everyMs) {
      refuse(watch, wrong);
      watch.problems.signatureAccepted();
      watch.problems.dismissAfterCalm();
      watch.clock.now += everyMs;
    }
    expect(signaturesSaid(watch)).toEqual([THREE_WRONG]);
    expect(watch.lines).toHaveLength(1);
  });

  test("is shown at most once an hour, even if it disappeared in between", () => {
    const watch = watchWith();
    for (let passed = 0; passed < 24 * 60 * MINUTE; passed += 11 * MINUTE) {
      refuse(watch);
      watch.problems.signatureAccepted();
      watch.clock.now += 11 * MINUTE;
      watch.problems.dismissAfterCalm();
    }
    const raised = signaturesSaid(watch).filter((one) => one === THREE_WRONG);
    expect(raised.length).toBeGreaterThan(1);
    expect(raised.length).toBeLessThanOrEqual(24);
    expect(watch.lines.length).toBeLessThanOrEqual(48);
  });

  test("can be shown again at once after the clock was set back by a day", () => {
    const watch = watchWith();
    refuse(watch);
    watch.problems.signatureAccepted();
    watch.clock.now -= 24 * 60 * MINUTE;
    watch.problems.dismissAfterCalm();
    refuse(watch);
    expect(signaturesSaid(watch)).toEqual([THREE_WRONG, OVER, THREE_WRONG]);
  });
});

test("if valid signatures come between wrong ones, no notification about wrong signatures is shown", () => {
  const { problems, said } = watchWith();
  for (let count = 0; count < 20; count += 1) {
    problems.signatureRefused(OURS);
    problems.signatureRefused(OURS);
    problems.signatureAccepted();
  }
  expect(ids(said).filter((one) => one.startsWith("raise"))).toEqual([]);
});

test("the notification about an unreachable public address is shown at most once an hour, even if webhooks arrive in between", () => {
  const { problems, said, clock } = watchWith();
  for (let passed = 0; passed < 60; passed += 1) {
    problems.webhookFailed({ at: clock.now + 1, code: "11205", url: "https://home.example/webhook" });
    problems.signatureAccepted();
    clock.now += MINUTE;
  }
  expect(ids(said).filter((one) => one === "raise twilio_unreachable")).toHaveLength(1);
});

test("if the app knows no public address, the notification about wrong signatures asks for `public_url`", () => {
  const { problems, said } = watchWith({ address: null });
  for (let count = 0; count < 3; count += 1) problems.signatureRefused(OURS);
  expect(said[0]).toContain("Enter public_url");
});

test.each([
  ["for other accounts", "AC2", 0],
  ["without an account", undefined, 0],
  ["that are rare", OURS, 6 * MINUTE],
])("wrong signatures %s show no notification", (_name, accountSid, apartMs) => {
  const { problems, said, clock } = watchWith();
  for (let count = 0; count < 20; count += 1) {
    problems.signatureRefused(accountSid);
    clock.now += apartMs;
  }
  expect(said).toEqual([]);
});

test("a webhook that Twilio could not deliver causes a notification, except if a later webhook arrived", () => {
  const { problems, said, clock } = watchWith();
  problems.signatureAccepted();
  said.length = 0;
  const url = "https://home.example/webhook";
  problems.webhookFailed({ at: clock.now - MINUTE, code: "11205", url });
  expect(said).toEqual([]);
  problems.webhookFailed({ at: clock.now + MINUTE, code: "11205", url });
  problems.webhookFailed({ at: clock.now + MINUTE, code: "11205", url });
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(/could not deliver a webhook to https:\/\/home\.example\/webhook.*Twilio 11205/);
  problems.signatureAccepted();
  expect(said.slice(1)).toEqual(["dismiss twilio_unreachable"]);
});

test("webhooks that the app refused for their signature cause no notification about an unreachable public address", () => {
  const { problems, said, clock } = watchWith();
  for (let count = 0; count < 3; count += 1) problems.signatureRefused(OURS);
  problems.webhookFailed({ at: clock.now, code: "11200", url: "https://home.example/webhook" });
  expect(ids(said)).toEqual(["raise twilio_signatures"]);
});

test("a failed webhook that is older than the last received webhook causes no notification, also after a restart", () => {
  const { problems, said } = watchWith({ lastReceivedAt: 5_000 });
  problems.webhookFailed({ at: 4_000, code: "11200", url: "https://home.example/webhook" });
  expect(said).toEqual([]);
});

test("the warnings of the account check are in one notification, which changes with them and disappears with the last one", () => {
  const { problems, said } = watchWith();
  const two = [{ kind: "trial" }, { kind: "not_enabled", country: "DE" }] as const;
  problems.accountWarnings(two);
  problems.accountWarnings([...two]);
  problems.accountWarnings(two.slice(1));
  problems.accountWarnings([]);
  expect(ids(said)).toEqual(["raise twilio_hazards", "raise twilio_hazards", "dismiss twilio_hazards"]);
  expect(said[0]).toMatch(/^- This is a trial account.*\n- Calls to Germany/m);
});

test("the notifications of problems that still exist are shown again after a restart of Home Assistant", () => {
  const { problems, said } = watchWith();
  problems.credentialsRefused();
  problems.accountWarnings([{ kind: "trial" }]);
  problems.accountWarnings([]);
  said.length = 0;
  problems.raiseAgain();
  expect(ids(said)).toEqual(["raise twilio_credentials"]);
});
