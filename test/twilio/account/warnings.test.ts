import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { accountWarningText } from "../../../src/health/account-warnings.ts";
import { TEXTS } from "../../../src/texts/en/texts.ts";
import { newestFailure } from "../../../src/twilio/account/newest-failure.ts";
import { createAccountChecks } from "../../../src/twilio/account/warnings.ts";
import { createTwilioApi } from "../../../src/twilio/rest/client.ts";
import type { TwilioApi } from "../../../src/twilio/rest/client.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import { createTestHttpClient } from "../rest/create-test-http-client.ts";

const LOCAL = "+12125550123";
const TOLL_FREE = "+18885550123";
const GERMAN = "+4930123456";
const SERVICE = `MG${"a".repeat(32)}`;
const HOME = "https://home.example/twilio";
const EVERYWHERE = { countries: ["US", "DE"], hasNorthAmerica: true };

let twilio: TwilioSimulator;
beforeEach(async () => {
  twilio = await startTwilioSimulator({ numbers: [LOCAL, TOLL_FREE, GERMAN] });
});
afterEach(async () => {
  expect(twilio.violations()).toEqual([]);
  await twilio[Symbol.asyncDispose]();
});

function api(apiBaseUrl: string | null = null, at = twilio): () => Promise<TwilioApi> {
  const { accountSid, authToken, url } = at;
  const where = { apiBaseUrl, region: null, edge: null, standIn: url };
  return createTwilioApi(
    { accountSid, username: accountSid, password: authToken, ...where },
    createTestHttpClient(),
  );
}

/** Reads the newest failed webhook. `aheadMs`: how far Twilio's clock is ahead of the machine's, in milliseconds. */
function failureSince(since: number, { from = api(), aheadMs = 0 } = {}) {
  return newestFailure({ api: from, twilioClock: { aheadMs: () => aheadMs } }, HOME, since);
}

async function warnings(senders: readonly string[], whereTo = EVERYWHERE, from = api()) {
  const checks = createAccountChecks({
    api: from,
    senders,
    destinationCountries: () => Promise.resolve(whereTo),
  });
  const found = await Promise.all(checks.map((check) => check()));
  return found.flatMap((some) => some?.map((warning) => accountWarningText(warning, TEXTS)) ?? ["no answer"]);
}

test("the account check gives no warning for a complete account", async () => {
  expect(await warnings([GERMAN])).toEqual([]);
});

test("the account check warns about a trial account", async () => {
  twilio.accountState.type = "Trial";
  expect(await warnings([GERMAN])).toEqual([expect.stringContaining("trial account")]);
});

describe("the account check of a US number that sends messages", () => {
  test.each<[string, string[], string[], number]>([
    ["in no Messaging Service", [], [], 1],
    ["in a Messaging Service without a campaign", [LOCAL], [], 1],
    ["in a campaign that is not approved yet", [LOCAL], ["FAILED", "IN_PROGRESS"], 1],
    ["in an approved campaign", [LOCAL], ["FAILED", "VERIFIED"], 0],
    ["not in the Messaging Service with the approved campaign", [GERMAN], ["VERIFIED"], 1],
  ])(
    "warns about the number unless it is in an approved campaign: it is %s",
    async (_name, numbers, campaigns, found) => {
      twilio.accountState.services.push({ sid: SERVICE, numbers, campaigns });
      const lines = await warnings([LOCAL, "HOME", "22395", "whatsapp:+12125550123"]);
      expect(lines).toHaveLength(found);
      for (const line of lines) expect(line).toMatch(/^\+12125550123 .*30034.*Register a brand/);
    },
  );

  test("finds the number even if it sends through a Messaging Service", async () => {
    twilio.accountState.services.push({ sid: SERVICE, numbers: [LOCAL, GERMAN], campaigns: [] });
    twilio.accountState.brands.push("APPROVED");
    expect(await warnings([SERVICE])).toEqual([expect.stringMatching(/^\+12125550123 .*Add it to/)]);
  });

  test("gives no warning if the app has no recipients in the US", async () => {
    expect(await warnings([LOCAL, TOLL_FREE], { countries: ["DE"], hasNorthAmerica: false })).toEqual([]);
  });
});

test.each([
  [undefined, ["not verified"]],
  ["PENDING_REVIEW", ["not finished"]],
  ["TWILIO_REJECTED", ["rejected"]],
  ["TWILIO_APPROVED", []],
] as const)(
  "the account check warns about a toll-free number unless its verification is approved: %s",
  async (status, said) => {
    if (status !== undefined) twilio.accountState.tollFree.set(TOLL_FREE, status);
    const expected = said.map(
      (words) => expect.stringMatching(new RegExp(`^\\${TOLL_FREE} .*${words}`)) as string,
    );
    expect(await warnings([TOLL_FREE])).toEqual(expected);
  },
);

test("the account check warns about a contact's country without dialing permission, but not about a country that Twilio does not list", async () => {
  twilio.accountState.dialing.set("DE", false);
  expect(await warnings([], { countries: ["DE", "US", "AQ"], hasNorthAmerica: true })).toEqual([
    expect.stringMatching(/^Calls to Germany.*21215/),
  ]);
});

test("without a sender in the options, the account check checks the account's only number that can send", async () => {
  await using single = await startTwilioSimulator({ numbers: [LOCAL] });
  expect(await warnings([], EVERYWHERE, api(null, single))).toEqual([expect.stringContaining("30034")]);
  expect(await warnings([])).toEqual([]);
});

test("the account check has no result if Twilio refuses or does not answer", async () => {
  twilio.accountState.isRestricted = true;
  expect(await warnings([LOCAL, TOLL_FREE])).toEqual(Array(4).fill("no answer"));
  const connect = await twilio.refuseConnections();
  expect(await warnings([LOCAL, TOLL_FREE])).toEqual(Array(4).fill("no answer"));
  expect(await failureSince(0)).toBeNull();
  await connect();
});

test("the simulated Twilio reports requests of the account check that Twilio's API description does not allow", async () => {
  await using other = await startTwilioSimulator();
  const headers = { Authorization: `Basic ${btoa(`${other.accountSid}:${other.authToken}`)}` };
  await fetch(`${other.url}/v1/Alerts?PageSize=0`, { headers });
  await fetch(`${other.url}/v1/Tollfree/Verifications?TollfreePhoneNumberSid=1`, { headers });
  await fetch(`${other.url}/v1/Services?Foo=1`, { headers });
  expect(other.violations().join("\n")).toMatch(/PageSize[^]*TollfreePhoneNumberSid[^]*Foo/);
});

test("a Twilio-compatible provider gets no requests of the account check", async () => {
  expect(await warnings([LOCAL, TOLL_FREE], EVERYWHERE, api(twilio.url))).toEqual([]);
  expect(await failureSince(0, { from: api(twilio.url) })).toBeNull();
  expect(twilio.reads()).toEqual([]);
});

describe("the newest failed webhook that the app reads from Twilio's alerts", () => {
  const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 24, 12, minute));

  test("has a URL below the app's public address, and is shown without the query of its URL", async () => {
    const { alerts } = twilio.accountState;
    alerts.push({ code: 11200, url: `${HOME}/webhook?secret=1`, at: at(1) });
    alerts.push({ code: 11205, url: `${HOME}/status/message?ref=1`, at: at(2) });
    alerts.push({ code: 11200, url: "https://other.example/twilio/webhook", at: at(3) });
    alerts.push({ code: 11200, url: "https://home.example/twilio2", at: at(3) });
    alerts.push({ code: 12300, url: `${HOME}/webhook`, at: at(3) });
    alerts.push({ code: 21211, url: "", at: at(3) });
    expect(await failureSince(at(0).getTime())).toEqual({
      at: at(2).getTime(),
      code: "11205",
      url: `${HOME}/status/message`,
    });
    expect(await failureSince(at(2).getTime())).toBeNull();
  });

  test.for([20, -20])(
    "has a time by the machine's clock, although Twilio's clock is %i minutes ahead of it",
    async (minutes) => {
      const since = at(0).getTime();
      const aheadMs = minutes * 60_000;
      twilio.accountState.alerts.push({ code: 11200, url: HOME, at: new Date(since + aheadMs) });
      expect(await failureSince(since, { aheadMs })).toBeNull();
      twilio.accountState.alerts.push({ code: 11205, url: HOME, at: new Date(since + aheadMs + 1_000) });
      expect(await failureSince(since, { aheadMs })).toMatchObject({ at: since + 1_000, code: "11205" });
    },
  );

  test("is shown without the user and the password in its URL", async () => {
    twilio.accountState.alerts.push({
      code: 11237,
      url: "https://me:pw@home.example:443/twilio/webhook",
      at: at(1),
    });
    expect(await failureSince(at(0).getTime())).toMatchObject({ url: `${HOME}/webhook` });
  });
});

test.each([
  [null, null, "twilio.com"],
  ["ie1", "dublin", "dublin.ie1.twilio.com"],
])(
  "in the region %s, the account check only reads, and only from Twilio's own hosts",
  async (region, edge, domain) => {
    const asked: string[] = [];
    const account = { accountSid: `AC${"1".repeat(32)}`, apiBaseUrl: null, region, edge };
    const from = createTwilioApi(
      { ...account, username: account.accountSid, password: "secret" },
      {
        request({ method, uri }) {
          asked.push(`${method.toUpperCase()} ${new URL(uri).host}`);
          const number = { sid: "PN1", phone_number: LOCAL, capabilities: { sms: true, voice: true } };
          const items = uri.includes("IncomingPhoneNumbers") ? [number] : [];
          const body = { items, meta: { key: "items" } };
          return Promise.resolve({ statusCode: 200, body, headers: {} });
        },
      },
    );
    await warnings([LOCAL], EVERYWHERE, from);
    await failureSince(0, { from });
    const hosts = ["api", "messaging", "monitor", "voice"].map((host) => `GET ${host}.${domain}`);
    expect([...new Set(asked)].toSorted()).toEqual(hosts);
  },
);
