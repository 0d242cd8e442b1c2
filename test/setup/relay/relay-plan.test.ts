import { expect, test } from "vitest";

import type { NumberSettings, NumberWebhooks } from "../../../src/setup/number-webhooks.ts";
import { settingsFor } from "../../../src/setup/number-webhooks.ts";
import { CloudRequestError } from "../../../src/setup/relay/cloud-request-error.ts";
import type { CloudFailure } from "../../../src/setup/relay/cloud-request-error.ts";
import { createRelayPlanner } from "../../../src/setup/relay/relay-plan.ts";
import type { RelayPlanOptions } from "../../../src/setup/relay/relay-plan.ts";

const NAME = "home-assistant-0123abcd";
const BASE = `https://${NAME}-1234.twil.io`;
const EMPTY = Object.fromEntries(
  Object.keys(settingsFor(BASE)).map((name) => [name, ""]),
) as unknown as NumberSettings;

function number(settings: Partial<NumberSettings>, more: Partial<NumberWebhooks> = {}): NumberWebhooks {
  const isAble = { messages: true, calls: true, hasTrunk: false, service: null };
  return { sid: "PN1", number: "+1500", settings: { ...EMPTY, ...settings }, ...isAble, ...more };
}

interface Found {
  readonly owner: string | null;
  readonly base: string | null;
  readonly failure: CloudFailure | null;
  readonly numbers: readonly NumberWebhooks[];
}

/** Makes a plan for an account that has a relay of `owner`, or no relay if it is null. */
function planWith(found: Partial<Found>, over: Partial<RelayPlanOptions> = {}) {
  const { owner = null, base = null, failure = null, numbers = [] } = found;
  const error = { code: "1", message: "No", more_info: null };
  return createRelayPlanner({
    isProvider: false,
    region: null,
    house: { hasAddress: () => Promise.resolve("external_url") },
    hosting: {
      findService: () =>
        failure === null
          ? Promise.resolve(owner === null ? null : "ZS1")
          : Promise.reject(new CloudRequestError(failure, error)),
      findEnvironment: () => Promise.resolve({ sid: "ZE1", domain: BASE.slice(8), build: "ZB1" }),
      variables: () => Promise.resolve(new Map([["OWNER", { sid: "ZV1", value: owner ?? "" }]])),
    },
    sync: { findService: () => Promise.resolve(null) },
    numbers: { list: () => Promise.resolve({ kind: "listed", items: numbers }) },
    name: () => Promise.resolve(NAME),
    owner: "me",
    base: () => base,
    ...over,
  })();
}

test.each<[string, Partial<RelayPlanOptions>]>([
  ["provider", { isProvider: true }],
  ["region", { region: "ie1" }],
  ["no_address", { house: { hasAddress: () => Promise.resolve(null) } }],
  ["home_assistant_away", { name: () => Promise.reject(new Error("away")) }],
])("before the app asks Twilio anything, it sees that the relay is not possible: %s", async (kind, over) => {
  expect(await planWith({ failure: "refused" }, over)).toEqual({ kind });
});

test.each([
  ["forbidden", "forbidden"],
  ["refused", "forbidden"],
  ["away", "twilio_away"],
  ["busy", "twilio_away"],
] as const)(
  "if Twilio's answer to a request is `%s`, the app says about the relay: %s",
  async (failure, kind) => {
    expect(await planWith({ failure })).toEqual({ kind });
  },
);

test("an existing relay counts as another installation's only if its variable OWNER names another installation", async () => {
  expect(await planWith({ owner: "me" })).toMatchObject({ isForeign: false });
  expect(await planWith({ owner: "somebody else" })).toMatchObject({ isForeign: true });
  expect(await planWith({})).toMatchObject({ name: NAME, house: "external_url", isForeign: false });
});

test.each<[string, NumberWebhooks, boolean]>([
  ["has no receiver", number({}), true],
  ["has Twilio's demo URL", number({ smsUrl: "https://demo.twilio.com/welcome/sms/reply" }), true],
  ["points at the relay", number(settingsFor(BASE)), true],
  ["has the URL of a shop", number({ smsUrl: "https://shop.example/sms" }), false],
  ["has a TwiML App", number({ voiceApplicationSid: "AP1" }), false],
  ["has a Messaging Service", number({}, { service: "Shop" }), false],
  ["has a SIP trunk", number({}, { hasTrunk: true }), false],
])(
  "the app decides whether the user can choose, for the relay, a number that %s",
  async (_title, one, isFree) => {
    // After the journal was lost, only the account shows that the relay exists.
    expect(await planWith({ owner: "me", numbers: [one] })).toMatchObject({ numbers: [{ isFree }] });
    expect(await planWith({ base: BASE, numbers: [one] })).toMatchObject({ numbers: [{ isFree }] });
  },
);
