import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { freePort } from "../../sockets/free-port.ts";
import { startTwilioSimulator } from "../start-twilio-simulator.ts";
import type { TwilioSimulator } from "../start-twilio-simulator.ts";
import { connectionOverrides } from "./connection-overrides.ts";
import { startScriptedApp } from "./start-scripted-app.ts";
import type { Scripted, ScriptedApp } from "./start-scripted-app.ts";

const CALL = { from: "+12125550123", to: "+15005550006" };
const HANG_UP = "<Response><Hangup/></Response>";

let twilio: TwilioSimulator;
let app: ScriptedApp;

beforeAll(async () => {
  twilio = await startTwilioSimulator({ numbers: [CALL.to], retryAfterMs: 1 });
});
afterAll(() => twilio[Symbol.asyncDispose]());
beforeEach(async () => {
  app = await startScriptedApp(twilio.authToken);
  return () => app[Symbol.asyncDispose]();
});

async function ring(fragment: string, ...answers: (Scripted | (() => Promise<Scripted>))[]) {
  app.on("/voice", ...answers);
  twilio.setWebhooks({ voice: { url: `${app.url}/voice${fragment}` } });
  const call = await twilio.ring(CALL);
  await call.over();
  return call;
}

const never = (): Promise<Scripted> => new Promise(() => {});

test("the simulated Twilio retries a failed request as the fragment of its URL says, with the same idempotency token and signature", async () => {
  const call = await ring("#rc=5&rp=all", 500, 404, HANG_UP);
  expect(call.requests).toMatchObject([{ url: `${app.url}/voice`, tries: [500, 404, 200] }]);
  expect(call.sounds).toEqual([]);
  expect(app.requests.map(({ isSigned }) => isSigned)).toEqual([true, true, true]);
  expect(new Set(app.requests.map(({ token }) => token)).size).toBe(1);
});

test("two requests of the simulated Twilio have different idempotency tokens", async () => {
  await ring("", "<Response><Redirect>/voice</Redirect></Response>", HANG_UP);
  expect(new Set(app.requests.map(({ token }) => token)).size).toBe(2);
});

test.each([
  ["", 500, [500]],
  ["#rc=2&rp=4xx", 500, [500]],
  ["#rc=2&rp=5xx", 500, [500, 500, 500]],
  ["#rp=all", 404, [404, 404]],
  ["#rc=0&rp=all", 404, [404]],
])(
  "with the URL fragment %o, an answer with HTTP %i causes an application error after the attempts %o",
  async (fragment, status, tries) => {
    const call = await ring(fragment, status);
    expect(call.requests).toMatchObject([{ tries }]);
    expect(call.sounds).toEqual([{ applicationError: 11200 }]);
  },
);

test("a slow answer counts as a timeout for the simulated Twilio, and is retried only if the URL's fragment says so", async () => {
  const given = await ring("#rt=100", never, HANG_UP);
  expect(given.requests).toMatchObject([{ tries: ["rt"] }]);
  expect(given.sounds).toEqual([{ applicationError: 11200 }]);
  // On a busy machine the answer may be late again.
  const again = await ring("#rt=100&rp=rt&rc=5", never, HANG_UP);
  expect(again.requests[0]?.tries.join()).toMatch(/^(rt,)+200$/);
});

test("the simulated Twilio makes no further attempt of a webhook after the total timeout in its URL's fragment", async () => {
  const call = await ring("#tt=150&rc=5&rp=all", never);
  expect(call.requests[0]?.tries.length).toBeLessThan(3);
  expect(call.sounds).toEqual([{ applicationError: 11200 }]);
});

test("the simulated Twilio tries a closed port twice, and then reports an error", async () => {
  twilio.setWebhooks({ voice: { url: `http://127.0.0.1:${await freePort()}/voice` } });
  const call = await twilio.ring(CALL);
  await call.over();
  expect(call.requests).toMatchObject([{ tries: ["ct", "ct"] }]);
  expect(call.sounds).toEqual([{ applicationError: 11205 }]);
});

test("a webhook of the simulated Twilio is sent to the app's real port, and recorded with the app's public URL", async () => {
  app.on("/voice", "<Response><Redirect>https://home.example/talk</Redirect></Response>");
  app.on("/talk", HANG_UP);
  twilio.setWebhooks({ voice: { url: "https://home.example/voice", deliverTo: `${app.url}/voice` } });
  const call = await twilio.ring(CALL);
  await call.over();
  expect(app.requests.map(({ path }) => path)).toEqual(["/voice", "/talk"]);
  expect(call.requests.map(({ url }) => url)).toEqual([
    "https://home.example/voice",
    "https://home.example/talk",
  ]);
});

describe("connection overrides in the fragment of a webhook's URL", () => {
  test("are Twilio's defaults if the URL has no fragment (`#…`)", () => {
    expect(connectionOverrides("https://a.example/x?y=1")).toEqual({
      url: "https://a.example/x?y=1",
      retries: 1,
      retriedFailures: ["ct"],
      readMs: 15_000,
      totalMs: 15_000,
    });
  });

  test.each(["rc=6", "rt=99", "tt=15001", "rp=3xx", "ct=x", "zz=1"])("are invalid as %s", (fragment) => {
    expect(() => connectionOverrides(`https://a.example/#${fragment}`)).toThrow(RangeError);
  });
});
