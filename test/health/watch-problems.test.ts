import { describe, expect, test } from "vitest";

import { createProblemWatch } from "../../src/health/watch-problems.ts";
import { clockWith } from "../clock-with.ts";

const OURS = "AC1";
const MINUTE = 60_000;

interface Before {
  readonly lastHeard?: number;
  readonly address?: string | null;
}

function watchWith({ lastHeard, address = "https://home.example" }: Before = {}) {
  const said: string[] = [];
  const lines: string[] = [];
  const clock = { now: 1_000_000_000_000 };
  const log = (line: string): void => void lines.push(line);
  const trouble = createProblemWatch({
    accountSid: OURS,
    signatureOption: "auth_token",
    publicAddress: () => address,
    lastWebhookAt: lastHeard ?? null,
    notifications: {
      raise: ({ id, message }) => void said.push(`raise ${id}: ${message}`),
      dismiss: (id) => void said.push(`dismiss ${id}`),
    },
    clock: clockWith({ now: () => clock.now }),
    logger: { debug: log, info: log, warning: log, error: log },
  });
  return { trouble, said, lines, clock };
}

const ids = (said: readonly string[]): string[] => said.map((one) => one.split(":")[0] ?? "");

test("refused credentials are told once however often they are refused, and again after they were accepted", () => {
  const { trouble, said, lines } = watchWith();
  for (let count = 0; count < 3; count += 1) trouble.credentialsRefused();
  for (let count = 0; count < 3; count += 1) trouble.credentialsAccepted();
  trouble.credentialsRefused();
  expect(ids(said)).toEqual([
    "raise twilio_credentials",
    "dismiss twilio_credentials",
    "raise twilio_credentials",
  ]);
  expect(lines).toHaveLength(3);
});

test("what an earlier process may have raised is dismissed once, without a word in the log", () => {
  const { trouble, said, lines } = watchWith();
  trouble.credentialsAccepted();
  trouble.credentialsAccepted();
  trouble.signatureAccepted();
  trouble.signatureAccepted();
  trouble.accountWarnings([]);
  trouble.accountWarnings([]);
  expect(said).toEqual([
    "dismiss twilio_credentials",
    "dismiss twilio_signatures",
    "dismiss twilio_unreachable",
    "dismiss twilio_hazards",
  ]);
  expect(lines).toEqual([]);
});

test("three wrong signatures in the name of our account within ten minutes are told, with both causes and the address", () => {
  const { trouble, said, clock } = watchWith();
  trouble.signatureRefused(OURS);
  trouble.signatureRefused(OURS);
  expect(said).toEqual([]);
  clock.now += 9 * MINUTE;
  trouble.signatureRefused(OURS);
  trouble.signatureRefused(OURS);
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(/auth_token.*another account.*rotated.*https:\/\/home\.example\/webhook/);
});

describe("the notification about wrong signatures", () => {
  const THREE_WRONG = "raise twilio_signatures";
  const OVER = "dismiss twilio_signatures";

  function refuse({ trouble }: ReturnType<typeof watchWith>, times = 3): void {
    for (let count = 0; count < times; count += 1) trouble.signatureRefused(OURS);
  }

  /** What is dismissed of an earlier process or of another kind is left out. */
  const signaturesSaid = ({ said }: ReturnType<typeof watchWith>): string[] => {
    const ofSignatures = ids(said).filter((one) => one.endsWith("twilio_signatures"));
    return ofSignatures.slice(ofSignatures.indexOf(THREE_WRONG));
  };

  test("is dismissed ten minutes after the last wrong one, and not before a right one came since", () => {
    const watch = watchWith();
    refuse(watch);
    watch.clock.now += 9 * MINUTE;
    refuse(watch, 1);
    watch.clock.now += 11 * MINUTE;
    watch.trouble.dismissAfterCalm();
    expect(signaturesSaid(watch)).toEqual([THREE_WRONG]);
    watch.trouble.signatureAccepted();
    expect(signaturesSaid(watch)).toEqual([THREE_WRONG, OVER]);
  });

  test("is dismissed without another webhook when the calm time ends after a right one", () => {
    const watch = watchWith();
    refuse(watch);
    watch.trouble.signatureAccepted();
    watch.clock.now += 10 * MINUTE - 1;
    watch.trouble.dismissAfterCalm();
    expect(signaturesSaid(watch)).toEqual([THREE_WRONG]);
    watch.clock.now += 1;
    watch.trouble.dismissAfterCalm();
    watch.trouble.dismissAfterCalm();
    expect(signaturesSaid(watch)).toEqual([THREE_WRONG, OVER]);
  });

  test.each([
    ["a second", 1_000, 3],
    ["two minutes", 2 * MINUTE, 3],
    ["five minutes, in bursts", 5 * MINUTE, 20],
  ])("stands through wrong and right ones that alternate every %s", (_name, everyMs, wrong) => {
    const watch = watchWith();
    for (let passed = 0; passed < 6 * 60 * MINUTE; passed += everyMs) {
      refuse(watch, wrong);
      watch.trouble.signatureAccepted();
      watch.trouble.dismissAfterCalm();
      watch.clock.now += everyMs;
    }
    expect(signaturesSaid(watch)).toEqual([THREE_WRONG]);
    expect(watch.lines).toHaveLength(1);
  });

  test("is raised at most once an hour, however the calm times lie", () => {
    const watch = watchWith();
    for (let passed = 0; passed < 24 * 60 * MINUTE; passed += 11 * MINUTE) {
      refuse(watch);
      watch.trouble.signatureAccepted();
      watch.clock.now += 11 * MINUTE;
      watch.trouble.dismissAfterCalm();
    }
    const raised = signaturesSaid(watch).filter((one) => one === THREE_WRONG);
    expect(raised.length).toBeGreaterThan(1);
    expect(raised.length).toBeLessThanOrEqual(24);
    expect(watch.lines.length).toBeLessThanOrEqual(48);
  });

  test("is raised again in time although the clock was set back by a day", () => {
    const watch = watchWith();
    refuse(watch);
    watch.trouble.signatureAccepted();
    watch.clock.now -= 24 * 60 * MINUTE;
    watch.trouble.dismissAfterCalm();
    refuse(watch);
    expect(signaturesSaid(watch)).toEqual([THREE_WRONG, OVER, THREE_WRONG]);
  });
});

test("a right signature between wrong ones shows that the options are right", () => {
  const { trouble, said } = watchWith();
  for (let count = 0; count < 20; count += 1) {
    trouble.signatureRefused(OURS);
    trouble.signatureRefused(OURS);
    trouble.signatureAccepted();
  }
  expect(ids(said).filter((one) => one.startsWith("raise"))).toEqual([]);
});

test("an address out of reach is told at most once an hour, although webhooks come through in between", () => {
  const { trouble, said, clock } = watchWith();
  for (let passed = 0; passed < 60; passed += 1) {
    trouble.webhookFailed({ at: clock.now + 1, code: "11205", url: "https://home.example/webhook" });
    trouble.signatureAccepted();
    clock.now += MINUTE;
  }
  expect(ids(said).filter((one) => one === "raise twilio_unreachable")).toHaveLength(1);
});

test("without an address known it is said to enter public_url", () => {
  const { trouble, said } = watchWith({ address: null });
  for (let count = 0; count < 3; count += 1) trouble.signatureRefused(OURS);
  expect(said[0]).toContain("enter it as public_url");
});

test.each([
  ["of others", "AC2", 0],
  ["without an account", undefined, 0],
  ["that come seldom", OURS, 6 * MINUTE],
])("wrong signatures %s raise nothing", (_name, accountSid, apartMs) => {
  const { trouble, said, clock } = watchWith();
  for (let count = 0; count < 20; count += 1) {
    trouble.signatureRefused(accountSid);
    clock.now += apartMs;
  }
  expect(said).toEqual([]);
});

test("a webhook that failed is told unless a later one came through", () => {
  const { trouble, said, clock } = watchWith();
  trouble.signatureAccepted();
  said.length = 0;
  const url = "https://home.example/webhook";
  trouble.webhookFailed({ at: clock.now - MINUTE, code: "11205", url });
  expect(said).toEqual([]);
  trouble.webhookFailed({ at: clock.now + MINUTE, code: "11205", url });
  trouble.webhookFailed({ at: clock.now + MINUTE, code: "11205", url });
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(
    /could not get a webhook through to https:\/\/home\.example\/webhook.*Twilio 11205/,
  );
  trouble.signatureAccepted();
  expect(said.slice(1)).toEqual(["dismiss twilio_unreachable"]);
});

test("what the app refuses for its signature is not told a second time as out of reach", () => {
  const { trouble, said, clock } = watchWith();
  for (let count = 0; count < 3; count += 1) trouble.signatureRefused(OURS);
  trouble.webhookFailed({ at: clock.now, code: "11200", url: "https://home.example/webhook" });
  expect(ids(said)).toEqual(["raise twilio_signatures"]);
});

test("a webhook that failed before Twilio was last heard, even by an earlier process, is over", () => {
  const { trouble, said } = watchWith({ lastHeard: 5_000 });
  trouble.webhookFailed({ at: 4_000, code: "11200", url: "https://home.example/webhook" });
  expect(said).toEqual([]);
});

test("hazards make one notification, renewed as they change and dismissed when none is left", () => {
  const { trouble, said } = watchWith();
  trouble.accountWarnings(["One.", "Two."]);
  trouble.accountWarnings(["One.", "Two."]);
  trouble.accountWarnings(["Two."]);
  trouble.accountWarnings([]);
  expect(ids(said)).toEqual(["raise twilio_hazards", "raise twilio_hazards", "dismiss twilio_hazards"]);
  expect(said[0]).toContain("- One.\n- Two.");
});

test("what lasts is told again to a Home Assistant that has restarted", () => {
  const { trouble, said } = watchWith();
  trouble.credentialsRefused();
  trouble.accountWarnings(["One."]);
  trouble.accountWarnings([]);
  said.length = 0;
  trouble.raiseAgain();
  expect(ids(said)).toEqual(["raise twilio_credentials"]);
});
