import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { PUBLIC_URL, startTestApp } from "../app/start-test-app.ts";
import type { TestApp } from "../app/start-test-app.ts";
import { startFakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import type { FakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import { openTcp } from "../sockets/open-tcp.ts";
import { startTwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import { sendWebhook } from "../twilio-simulator/webhooks/send-webhook.ts";
import { signWebhook } from "../twilio-simulator/webhooks/sign-webhook.ts";
import { callParameters, messageParameters } from "../twilio-simulator/webhooks/webhook-parameters.ts";

const FROM = "+12125550123";
const TO = "+15005550006";
const SIGNED_URL = `${PUBLIC_URL}/webhook`;

let twilio: TwilioSimulator;
let home: FakeHomeAssistant;
let app: TestApp;

beforeAll(async () => {
  twilio = await startTwilioSimulator({ numbers: [TO] });
});
afterAll(() => twilio[Symbol.asyncDispose]());
beforeEach(async () => {
  home = await startFakeHomeAssistant();
  app = await startTestApp({ twilio, homeAssistant: home });
  await vi.waitFor(() => expect(app.lines.join()).toContain("Connected to Home Assistant"), { interval: 5 });
});
afterEach(async () => {
  await app[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

const message = (body = "hi"): Record<string, string> =>
  messageParameters({ accountSid: twilio.accountSid, from: FROM, to: TO, body });

const send = (
  parameters: Record<string, string | string[]>,
  url = SIGNED_URL,
  method: "GET" | "POST" = "POST",
) => sendWebhook(twilio.authToken, { url, method, deliverTo: app.webhook }, parameters);

/** Posts a body unchanged, with its valid signature if `headers` has none. */
function post(body: string, headers: Record<string, string> = {}, path = "/webhook"): Promise<Response> {
  return fetch(`http://127.0.0.1:${app.port}${path}`, {
    method: "POST",
    body,
    headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
  });
}

/** Checks that only these events came. A later webhook shows that they are complete. */
async function firedBefore(marker: string): Promise<readonly Record<string, unknown>[]> {
  await send(message(marker));
  await vi.waitFor(() => expect(home.fired.at(-1)?.data["Body"]).toBe(marker));
  return home.fired.slice(0, -1).map(({ data }) => data);
}

describe("a bad request gets the correct status and does not stop the app:", () => {
  test.each<[string, number, () => Promise<Response>]>([
    ["no signature", 403, () => post("Body=x")],
    ["an empty body without a signature", 403, () => post("")],
    [
      "a wrong signature",
      403,
      () => post("Body=x", { "X-Twilio-Signature": "AAAAAAAAAAAAAAAAAAAAAAAAAAA=" }),
    ],
    ["a signature that is no base64", 403, () => post("Body=x", { "X-Twilio-Signature": "???" })],
    [
      "a signature over another path",
      403,
      () =>
        post("a=1", {
          "X-Twilio-Signature": signWebhook(twilio.authToken, `${PUBLIC_URL}/other`, { a: "1" }),
        }),
    ],
    [
      "a signature over the URL of another host",
      403,
      () =>
        post("a=1", {
          "X-Twilio-Signature": signWebhook(twilio.authToken, "https://other.example/webhook", { a: "1" }),
          "X-Forwarded-Host": "other.example",
        }),
    ],
    [
      "a signature with another auth token",
      403,
      () => post("a=1", { "X-Twilio-Signature": signWebhook("other", SIGNED_URL, { a: "1" }) }),
    ],
    [
      "one parameter more than was signed",
      403,
      () => post("a=1&b=2", { "X-Twilio-Signature": signWebhook(twilio.authToken, SIGNED_URL, { a: "1" }) }),
    ],
    [
      "an empty body with a valid signature",
      400,
      () => post("", { "X-Twilio-Signature": signWebhook(twilio.authToken, SIGNED_URL, {}) }),
    ],
    [
      "a body of more than 1 MB",
      413,
      () => post("a".repeat(1_100_000), { "X-Twilio-Signature": "AAAAAAAAAAAAAAAAAAAAAAAAAAA=" }),
    ],
    [
      "JSON without the parameter bodySHA256",
      403,
      () =>
        post("{}", {
          "Content-Type": "application/json",
          "X-Twilio-Signature": signWebhook(twilio.authToken, SIGNED_URL, {}),
        }),
    ],
    ["a wrong method", 405, () => fetch(app.webhook, { method: "DELETE" })],
  ])("%s is answered with %i, fires no event and is logged in one line", async (_name, status, request) => {
    const before = app.lines.length;
    const response = await request();
    expect(response.status).toBe(status);
    const warnings = app.lines.slice(before).filter((line) => / (WARNING|ERROR) /.test(line));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).not.toContain(twilio.authToken);
    expect(warnings[0]).not.toContain("Body=");
    expect(await firedBefore("marker")).toEqual([]);
  });

  test.each(["/", "/webhook//", "/admin", "/webhook%zz", "/%2e%2e/webhook2", "/webhook;x"])(
    "the unknown path %s is answered with 404",
    async (path) => {
      expect((await post("a=1", {}, path)).status).toBe(404);
    },
  );

  test("an invalid request line is answered with 400, and the app continues", async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = openTcp(app.port).end("GET /\u0000 nonsense\r\n\r\n");
      socket.once("data", (data) => resolve(data.toString())).once("error", reject);
    });
    expect(answer).toContain("400");
    expect((await fetch(`http://127.0.0.1:${app.port}/health`)).status).toBe(200);
  });

  test("but malformed percent-encoding, NUL and the key __proto__ in a signed webhook arrive unchanged, and a repeated key arrives with one value", async () => {
    const parameters = Object.fromEntries<string | string[]>([
      ...Object.entries(message()),
      ["__proto__", "x"],
      ["Twice", ["b", "a", "b"]],
      ["Nul", "a\0b"],
      ["Percent", "%zz"],
    ]);
    expect((await send(parameters)).status).toBe(200);
    await vi.waitFor(() => expect(home.fired).toHaveLength(1));
    const data = home.fired[0]?.data ?? {};
    expect(Object.hasOwn(data, "__proto__")).toBe(true);
    expect(data).toMatchObject({ Twice: "b", Nul: "a\0b", Percent: "%zz" });
  });
});

test("a repeated webhook gets the same answer and fires only one event", async () => {
  const parameters = message("once");
  const first = await send(parameters);
  const second = await send(parameters);
  expect(second).toEqual(first);
  expect((await firedBefore("marker")).map((data) => data["Body"])).toEqual(["once"]);
});

test("a number whose webhooks are set to GET also works", async () => {
  expect((await send(message("by get"), SIGNED_URL, "GET")).status).toBe(200);
  await vi.waitFor(() => expect(home.fired[0]?.data).toMatchObject({ Body: "by get", From: FROM }));
});

test("a query in the webhook's URL is covered by the signature, but is not part of the event", async () => {
  const target = { url: `${SIGNED_URL}?house=1%20a`, deliverTo: `${app.webhook}?house=1%20a` };
  expect((await sendWebhook(twilio.authToken, target, message())).status).toBe(200);
  await vi.waitFor(() => expect(home.fired).toHaveLength(1));
  expect(home.fired[0]?.data).not.toHaveProperty("house");
});

test("a status webhook also fires twilio_message_status or twilio_call_status", async () => {
  await send({
    MessageSid: "SM1",
    MessageStatus: "undelivered",
    ErrorCode: "30006",
    To: FROM,
    From: TO,
    AccountSid: twilio.accountSid,
  });
  await vi.waitFor(() => expect(home.fired).toHaveLength(2));
  expect(home.fired.map(({ type }) => type)).toEqual(["twilio_data_received", "twilio_message_status"]);
  expect(home.fired[1]?.data).toMatchObject({
    message_sid: "SM1",
    status: "undelivered",
    to: FROM,
    error: { code: "30006" },
  });
});

test("webhooks are valid with and without the port in the signed URL, because Twilio signs messages and calls differently", async () => {
  const withPort = { url: "https://home.example:443/webhook", deliverTo: app.webhook };
  expect((await sendWebhook(twilio.authToken, withPort, message("with port"))).status).toBe(200);
});

test("the health check succeeds while Home Assistant cannot be reached", async () => {
  home.disconnect();
  const health = await fetch(`http://127.0.0.1:${app.port}/health`);
  expect(health.status).toBe(200);
});

test("events from before a restart of the app are delivered after the restart, with the same webhook_id", async () => {
  await send(message("one"));
  await vi.waitFor(() => expect(home.fired).toHaveLength(1));
  home.behaviour.refuseUpgrade = true;
  home.disconnect();
  await vi.waitFor(() => expect(app.lines.join()).toContain("the connection was lost"));
  await send(message("two"));
  await app.restart();
  home.behaviour.refuseUpgrade = false;
  await vi.waitFor(() => expect(home.fired).toHaveLength(2));
  const [one, two] = home.fired.map(({ data }) => data);
  expect(two).toMatchObject({ Body: "two", webhook_id: one?.["webhook_id"] });
  expect(two).not.toHaveProperty("redelivered");
});

test("after the connection to Home Assistant broke, a message that may have arrived is fired again with `redelivered`, and a call as twilio_data_missed", async () => {
  home.behaviour.ignoreEvents = true;
  const call = {
    accountSid: twilio.accountSid,
    callSid: "CA1",
    from: FROM,
    to: TO,
    status: "ringing",
    direction: "inbound",
  };
  await send(callParameters(call));
  await send(message("twice"));
  await vi.waitFor(() => expect(home.fired).toHaveLength(2));
  home.behaviour.ignoreEvents = false;
  home.disconnect();
  await vi.waitFor(() => expect(home.fired).toHaveLength(4));
  expect(home.fired).toMatchObject([
    { type: "twilio_data_received", data: { CallSid: "CA1" } },
    { type: "twilio_data_received", data: { Body: "twice" } },
    { type: "twilio_data_missed", data: { CallSid: "CA1", redelivered: true } },
    { type: "twilio_data_received", data: { Body: "twice", redelivered: true } },
  ]);
});
