import { expect, test, vi } from "vitest";

import { startFakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import { startTwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import { sendWebhook } from "../twilio-simulator/webhooks/send-webhook.ts";
import { messageParameters } from "../twilio-simulator/webhooks/webhook-parameters.ts";
import { startTestApp } from "./start-test-app.ts";

const FROM = "+12125550123";
const TO = "+15005550006";

async function house(options: Record<string, unknown>) {
  const undo = new AsyncDisposableStack();
  const twilio = undo.use(await startTwilioSimulator({ numbers: [TO] }));
  const home = undo.use(await startFakeHomeAssistant());
  const app = undo.use(await startTestApp({ twilio, homeAssistant: home, options }));
  await vi.waitFor(() => expect(app.lines.join()).toContain("Connected to Home Assistant"));
  const message = (from = FROM) =>
    messageParameters({ accountSid: twilio.accountSid, from, to: TO, body: "hi" });
  return { twilio, home, app, message, [Symbol.asyncDispose]: () => undo.disposeAsync() };
}

test("if public_url has a path, webhooks are accepted whether or not the user's proxy removes the path", async () => {
  await using at = await house({ public_url: "https://home.example/twilio/webhook?x=1" });
  const url = "https://home.example/twilio/webhook";
  const stripped = { url, deliverTo: at.app.webhook };
  const passed = { url, deliverTo: at.app.webhook.replace("/webhook", "/twilio/webhook") };
  expect((await sendWebhook(at.twilio.authToken, stripped, at.message())).status).toBe(200);
  expect((await sendWebhook(at.twilio.authToken, passed, at.message())).status).toBe(200);
  const bare = { url: "https://home.example/webhook", deliverTo: at.app.webhook };
  expect((await sendWebhook(at.twilio.authToken, bare, at.message())).status).toBe(403);
});

test("without public_url, two signed messages in a row to a URL that cannot be reached confirm it, and webhooks to other URLs are refused afterwards", async () => {
  await using at = await house({ public_url: "" });
  const from = (host: string) =>
    sendWebhook(
      at.twilio.authToken,
      { url: `https://${host}/webhook`, deliverTo: at.app.webhook },
      at.message(),
      {
        "X-Forwarded-Host": host,
        "X-Forwarded-Proto": "https",
      },
    );
  expect((await from("first.invalid")).status).toBe(200);
  expect((await from("second.invalid")).status).toBe(200);
  expect((await from("first.invalid")).status).toBe(200);
  expect((await from("first.invalid")).status).toBe(200);
  await vi.waitFor(() =>
    expect(at.app.lines.join("\n")).toContain("Detected the app's public address https://first.invalid"),
  );
  expect((await from("second.invalid")).status).toBe(403);
  await at.app.restart();
  expect((await from("second.invalid")).status).toBe(403);
  expect((await from("first.invalid")).status).toBe(200);
});

test("webhooks that are signed with the previous auth token are still accepted while the user changes the token", async () => {
  await using at = await house({ auth_token_previous: "0".repeat(32) });
  const target = { url: "https://home.example/webhook", deliverTo: at.app.webhook };
  expect((await sendWebhook("0".repeat(32), target, at.message())).status).toBe(200);
});

test("with `strangers: ignore` in `incoming_messages`, messages from strangers are acknowledged and fire no event", async () => {
  await using at = await house({
    incoming_messages: { strangers: "ignore" },
    contacts: [{ name: "Alice", number: "+1 (212) 555-0199" }],
  });
  const target = { url: "https://home.example/webhook", deliverTo: at.app.webhook };
  expect((await sendWebhook(at.twilio.authToken, target, at.message())).status).toBe(200);
  expect((await sendWebhook(at.twilio.authToken, target, at.message("+12125550199"))).status).toBe(200);
  await vi.waitFor(() => expect(at.home.fired).toHaveLength(1));
  expect(at.home.fired[0]?.data).toMatchObject({ contact: "Alice" });
});

test.each([
  [{ otherwise: "reject" }, "the busy tone"],
  [{ otherwise: "say", say: "Nobody <is> home" }, '"Nobody <is> home" (de-DE)'],
  [{ otherwise: "hang_up" }, undefined],
])(
  "with the option `incoming_calls` set to %o, a caller hears what the option says",
  async (incomingCalls, firstWords) => {
    await using at = await house({ incoming_calls: incomingCalls, language: "de" });
    const { transcript } = await at.twilio.placeCall({ from: FROM, to: TO });
    expect(transcript[0]).toBe(firstWords);
  },
);

test("the log contains no secret, no text of a message and no complete phone number", async () => {
  await using at = await house({ notifiers: [{ name: "sms", type: "sms", from_number: TO }] });
  await at.twilio.receiveMessage({ from: FROM, to: TO, body: "top secret text" });
  at.home.emit("call_service", {
    domain: "notify",
    service: "sms",
    service_data: { message: "outgoing text", target: ["+15005550001", "+12125550123", "0301234567"] },
  });
  await vi.waitFor(() => expect(at.home.fired.map(({ type }) => type)).toContain("twilio_result"));
  const log = at.app.lines.join("\n");
  expect(log).toContain("21211");
  for (const hidden of [
    at.twilio.authToken,
    at.home.token,
    "secret text",
    "outgoing text",
    "5005550001",
    "2125550123",
    "301234567",
  ]) {
    expect(log).not.toContain(hidden);
  }
});

test.each([
  [{ message: "hi" }, "`target` is missing"],
  [{ message: "", target: FROM }, "`message` is empty"],
  [{ message: "hi", target: {} }, "`target`"],
])(
  "a request with the faulty payload %o is refused with a warning that names the faulty field",
  async (serviceData, warning) => {
    await using at = await house({ notifiers: [{ name: "sms", type: "sms", from_number: TO }] });
    at.home.emit("call_service", { domain: "notify", service: "sms", service_data: serviceData });
    await vi.waitFor(() => expect(at.app.lines.join("\n")).toMatch(new RegExp(`WARNING.*(${warning})`)));
    expect(at.twilio.requests()).toEqual([]);
  },
);

test.each([
  [{ kind: "error", status: 429, code: 20429, message: "Too many requests" }, true, 2],
  [{ kind: "status", status: 503 }, false, 1],
  [{ kind: "reset-after-acting" }, true, 1],
  [{ kind: "reset-before-acting" }, false, 1],
] as const)(
  "if the first POST of a message fails at Twilio with %o, the result has `ok: %s` after %i POSTs",
  async (fault, ok, requests) => {
    await using at = await house({ notifiers: [{ name: "sms", type: "sms", from_number: TO }] });
    at.twilio.failNext(fault);
    at.home.emit("call_service", {
      domain: "notify",
      service: "sms",
      service_data: { message: "hi", target: FROM },
    });
    await vi.waitFor(() => expect(at.home.fired).toHaveLength(1));
    expect(at.home.fired[0]?.data).toMatchObject(ok ? { ok } : { ok, error: { code: "unknown_outcome" } });
    expect(at.twilio.requests().filter(({ method }) => method === "POST")).toHaveLength(requests);
  },
);

test.each([
  ["whatsapp:+14155238886", { To: "whatsapp:+12125550123", From: "whatsapp:+14155238886" }],
  ["MyAlerts", { From: "MyAlerts" }],
  [`MG${"a".repeat(32)}`, { MessagingServiceSid: `MG${"a".repeat(32)}` }],
  ["15005550006", { From: TO }],
])(
  "a notifier whose sender in the options is %s sends its messages from this sender",
  async (sender, form) => {
    await using at = await house({ notifiers: [{ name: "sms", type: "sms", from_number: sender }] });
    at.home.emit("call_service", {
      domain: "notify",
      service: "sms",
      service_data: { message: "hi", target: FROM },
    });
    await vi.waitFor(() => expect(at.home.fired).toHaveLength(1));
    expect(at.twilio.requests()[0]?.form).toMatchObject(form);
    expect(at.twilio.violations()).toEqual([]);
  },
);
