import { expect, test, vi } from "vitest";

import type { AppSettings } from "../../src/app/process/settings.ts";
import { maskNumber } from "../../src/domain/address/mask-number.ts";
import { createTestClock } from "../app/create-test-clock.ts";
import { PUBLIC_URL, startTestApp } from "../app/start-test-app.ts";
import type { TestApp } from "../app/start-test-app.ts";
import { startFakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import type { FakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import { startTwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulatorOptions } from "../twilio-simulator/twilio-simulator-options.ts";
import { sendWebhook } from "../twilio-simulator/webhooks/send-webhook.ts";
import { messageParameters } from "../twilio-simulator/webhooks/webhook-parameters.ts";

const OURS = "+12125550100";
const THEIRS = "+12125550123";
const REFUSED = { kind: "error", status: 401, code: 20003, message: "Authenticate" } as const;

interface House extends AsyncDisposable {
  readonly home: FakeHomeAssistant;
  readonly twilio: TwilioSimulator;
  readonly app: TestApp;
}

async function house(
  options: Readonly<Record<string, unknown>> = {},
  prepare: (twilio: TwilioSimulator) => Partial<AppSettings> | void = () => undefined,
  twilioOptions: TwilioSimulatorOptions = {},
): Promise<House> {
  await using undo = new AsyncDisposableStack();
  const home = undo.use(await startFakeHomeAssistant());
  const twilio = undo.use(await startTwilioSimulator({ numbers: [OURS], ...twilioOptions }));
  const settings = prepare(twilio) ?? {};
  const app = undo.use(await startTestApp({ twilio, homeAssistant: home, options, settings }));
  await vi.waitFor(() => expect(app.lines.join()).toContain("Connected to Home Assistant"));
  const cleanup = undo.move();
  return { home, twilio, app, [Symbol.asyncDispose]: () => cleanup.disposeAsync() };
}

/** The options for Twilio itself, so that the checks use its other hosts as well. */
const AT_TWILIO = { api_base_url: undefined };
function standIn(twilio: TwilioSimulator): Partial<AppSettings> {
  return { twilioStandIn: twilio.url, calmAfterMs: 0 };
}

/** The actions `create` and `dismiss` of one notification, in order. */
function saidOf({ home }: House, id: string): string[] {
  return home.called
    .filter(({ data }) => (data as { notification_id?: string }).notification_id === id)
    .map(({ service }) => service);
}

function textOf({ home }: House, id: string): string {
  const found = home.called.findLast(
    ({ service, data }) =>
      service === "create" && (data as { notification_id?: string }).notification_id === id,
  );
  return (found?.data as { message?: string } | undefined)?.message ?? "";
}

const settles = (check: () => void): Promise<void> => vi.waitFor(check);

/** Sends a message; resolves when its result is fired. */
async function send({ home }: House): Promise<Readonly<Record<string, unknown>>> {
  const results = () => home.fired.filter(({ type }) => type === "twilio_result");
  const before = results().length;
  home.emit("twilio_request", {
    command: "send_message",
    payload: { to: THEIRS, message: "hi", sender: OURS },
  });
  await settles(() => expect(results()).toHaveLength(before + 1));
  return results().at(-1)?.data ?? {};
}

function post({ twilio, app }: House, token: string, accountSid = twilio.accountSid) {
  const parameters = messageParameters({ accountSid, from: THEIRS, to: OURS, body: "hi" });
  return sendWebhook(token, { url: `${PUBLIC_URL}/webhook`, deliverTo: app.webhook }, parameters);
}

test("refused credentials show one notification, which disappears when Twilio accepts the credentials again", async () => {
  await using at = await house();
  at.twilio.failNext(REFUSED, 3);
  for (let count = 0; count < 3; count += 1)
    expect(await send(at)).toMatchObject({ error: { code: "20003" } });
  await settles(() => expect(saidOf(at, "twilio_credentials")).toEqual(["create"]));
  expect(textOf(at, "twilio_credentials")).toContain("auth_token");
  expect(await send(at)).toMatchObject({ ok: true });
  await settles(() => expect(saidOf(at, "twilio_credentials")).toEqual(["create", "dismiss"]));
  expect(at.app.lines.filter((line) => line.includes("refuses the app's credentials"))).toHaveLength(1);
});

test("the result of a refused message has the error's meaning, what to do and Twilio's message, and the log masks the number", async () => {
  await using at = await house();
  const message = `The 'To' number ${THEIRS} has unsubscribed.`;
  at.twilio.failNext({ kind: "error", status: 400, code: 21610, message });
  expect(await send(at)).toMatchObject({
    error: {
      code: "21610",
      message: `The recipient has written STOP to this sender, so Twilio sends no more messages from it to this recipient. Only the recipient can change this: by sending START to the sender's number. (Twilio 21610: ${message})`,
      more_info: "https://www.twilio.com/docs/errors/21610",
    },
  });
  const log = at.app.lines.join("\n");
  expect(log).toContain("Twilio 21610");
  expect(log).not.toContain(THEIRS);
});

test("wrong signatures for the user's account show a notification with the expected public address, until a valid one comes and ten minutes pass", async () => {
  const clock = createTestClock();
  await using at = await house({}, () => ({ clock }));
  const other = "f".repeat(32);
  for (let count = 0; count < 4; count += 1) await post(at, other, `AC${"9".repeat(32)}`);
  for (let count = 0; count < 2; count += 1) await post(at, other);
  await fetch(at.app.webhook, {
    method: "POST",
    body: new URLSearchParams({ AccountSid: at.twilio.accountSid }),
  });
  expect(saidOf(at, "twilio_signatures")).toEqual([]);
  for (let count = 0; count < 3; count += 1) expect((await post(at, other)).status).toBe(403);
  await settles(() => expect(saidOf(at, "twilio_signatures")).toEqual(["create"]));
  expect(textOf(at, "twilio_signatures")).toContain(`${PUBLIC_URL}/webhook`);
  expect((await post(at, at.twilio.authToken)).status).toBe(200);
  await send(at);
  expect(saidOf(at, "twilio_signatures")).toEqual(["create"]);
  using stopped = clock.stop();
  stopped.advance(11 * 60_000);
  await settles(() => expect(saidOf(at, "twilio_signatures")).toEqual(["create", "dismiss"]));
});

test("alternating wrong and right signatures show one notification, which stays", async () => {
  await using at = await house();
  for (let round = 0; round < 10; round += 1) {
    for (let count = 0; count < 3; count += 1) await post(at, "f".repeat(32));
    await post(at, at.twilio.authToken);
  }
  await send(at);
  expect(saidOf(at, "twilio_signatures")).toEqual(["create"]);
});

test("the notification of a problem that still exists is shown again after a restart of Home Assistant", async () => {
  await using at = await house();
  at.twilio.failNext(REFUSED);
  await send(at);
  await settles(() => expect(saidOf(at, "twilio_credentials")).toEqual(["create"]));
  await at.home.restart();
  await settles(() => expect(saidOf(at, "twilio_credentials")).toEqual(["create", "create"]));
});

test("a public address that Twilio cannot reach shows a notification, until the next webhook arrives", async () => {
  await using at = await house(AT_TWILIO, (twilio) => {
    twilio.accountState.alerts.push({
      code: 11205,
      url: `${PUBLIC_URL}/webhook`,
      at: new Date(Date.now() - 60_000),
    });
    return standIn(twilio);
  });
  await settles(() => expect(saidOf(at, "twilio_unreachable")).toEqual(["create"]));
  const text = textOf(at, "twilio_unreachable");
  expect(text).toMatch(/could not deliver a webhook to https:\/\/home\.example\/webhook.*Twilio 11205/);
  expect(maskNumber(text)).toBe(text);
  await at.twilio.receiveMessage({ from: THEIRS, to: OURS, body: "hi" });
  await settles(() => expect(saidOf(at, "twilio_unreachable")).toEqual(["create", "dismiss"]));
  await at.app.restart();
  await settles(() => expect(at.twilio.reads().filter((path) => path === "/v1/Alerts")).toHaveLength(2));
  await at.twilio.receiveMessage({ from: THEIRS, to: OURS, body: "hi" });
  await settles(() => expect(saidOf(at, "twilio_unreachable")).toEqual(["create", "dismiss", "dismiss"]));
  expect(at.twilio.violations()).toEqual([]);
});

test("the warnings of the account check appear after a start in one notification, one line for each", async () => {
  await using at = await house(
    { ...AT_TWILIO, contacts: [{ name: "Alice", number: "+4915112345678" }] },
    (twilio) => {
      twilio.accountState.dialing.set("DE", false);
      return standIn(twilio);
    },
    { trial: true },
  );
  await settles(() => expect(saidOf(at, "twilio_hazards")).toEqual(["create"]));
  const text = textOf(at, "twilio_hazards");
  expect(text).toMatch(/^- .*trial account.*\n- .*30034.*\n- Calls to Germany/m);
  expect(text).toContain(OURS);
  expect(at.app.lines.filter((line) => line.includes("will fail:")).join()).not.toContain(OURS);
  at.twilio.accountState.type = "Full";
  at.twilio.accountState.dialing.set("DE", true);
  const service = { sid: `MG${"a".repeat(32)}`, numbers: [OURS], campaigns: ["VERIFIED"] };
  at.twilio.accountState.services.push(service);
  await at.app.restart();
  await settles(() => expect(saidOf(at, "twilio_hazards")).toEqual(["create", "dismiss"]));
  expect(at.twilio.violations()).toEqual([]);
});

test("an account with an API key that may only send gets no warnings about what the key cannot read", async () => {
  await using at = await house(AT_TWILIO, (twilio) => {
    twilio.accountState.isRestricted = true;
    return standIn(twilio);
  });
  await settles(() => expect(at.twilio.reads()).toContain("/v1/Alerts"));
  expect(await send(at)).toMatchObject({ ok: true });
  const created = at.home.called.filter(({ service }) => service === "create");
  expect(created).toEqual([]);
  expect(at.app.lines.join("\n")).not.toMatch(/WARNING|ERROR/);
});

test("a Twilio-compatible provider gets none of the requests that check a Twilio account", async () => {
  await using at = await house({}, () => ({ calmAfterMs: 0 }));
  expect(await send(at)).toMatchObject({ ok: true });
  expect(at.twilio.reads()).toEqual([]);
});
