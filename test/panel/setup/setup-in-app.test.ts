import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import type { AppSettings } from "../../../src/app/process/settings.ts";
import { createTestClock } from "../../app/create-test-clock.ts";
import { OURS, THEIRS } from "../../app/start-house.ts";
import { PUBLIC_URL, startTestApp } from "../../app/start-test-app.ts";
import type { TestApp } from "../../app/start-test-app.ts";
import { startFakeHomeAssistant } from "../../home-assistant/fake/start-fake-home-assistant.ts";
import type { FakeHomeAssistant } from "../../home-assistant/fake/start-fake-home-assistant.ts";
import { startHttp } from "../../sockets/start-server.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";

const OTHERS = "+12125550100";
const SHOP = {
  sms_url: "https://shop.example/sms",
  sms_method: "GET",
  voice_application_sid: `AP${"1".repeat(32)}`,
};
/** How many requests to Twilio's API the app's polling makes at the start. */
const READS_AT_START = 5;
/** One server stands in for all hosts of Twilio's REST API. */
const AT_TWILIO = { api_base_url: undefined };

let undo = new AsyncDisposableStack();
let home: FakeHomeAssistant;
let twilio: TwilioSimulator;
beforeEach(async () => {
  home = undo.use(await startFakeHomeAssistant());
  twilio = undo.use(await startTwilioSimulator({ numbers: [OURS, OTHERS] }));
});
afterEach(async () => {
  expect(twilio.violations()).toEqual([]);
  await undo.disposeAsync();
  undo = new AsyncDisposableStack();
});

async function start(options: object = {}, settings: Partial<AppSettings> = {}): Promise<TestApp> {
  const panel = { port: 0, password: null, supervised: false };
  const app = undo.use(
    await startTestApp({
      twilio,
      homeAssistant: home,
      options: { ...AT_TWILIO, ...options },
      settings: { panel, twilioStandIn: twilio.url, ...settings },
    }),
  );
  await vi.waitFor(() => expect(app.lines.join()).toContain("Connected to Home Assistant"), { interval: 5 });
  return app;
}

const get = async (app: TestApp, path: string): Promise<string> =>
  (await fetch(`http://localhost:${app.panelPort}/${path}`)).text();

/** Submits the form of a page with its values. */
async function submit(app: TestApp, page: string, path: string, fields: Record<string, string>) {
  const hidden = [...page.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)];
  const body = new URLSearchParams({
    ...Object.fromEntries(hidden.map(([, name = "", value = ""]) => [name, value])),
    ...fields,
  });
  return await fetch(`http://localhost:${app.panelPort}/${path}`, { method: "POST", body });
}

const numberOf = (number: string) => {
  const found = twilio.phoneNumbers().find(({ phone_number: own }) => own === number);
  if (found === undefined) throw new Error("no such number");
  return found;
};
const pageOf = (number: string): string => `number?sid=${numberOf(number).sid}`;

describe("a number that the user sets up on the panel", () => {
  test("gets the app's webhooks after the user has seen them, and its former settings when the user restores them after a restart", async () => {
    const app = await start();
    twilio.enterAtNumber(OTHERS, SHOP);
    const before = numberOf(OTHERS);
    expect(await get(app, "checklist")).toContain("go to another address");

    const page = await get(app, pageOf(OTHERS));
    expect(page).toContain("GET https://shop.example/sms");
    expect(page).toContain(SHOP.voice_application_sid);
    expect(numberOf(OTHERS)).toEqual(before);

    const done = await submit(app, page, "number", { action: "set_up" });
    expect(await done.text()).toContain("Twilio has saved the settings.");
    expect(numberOf(OTHERS)).toMatchObject({
      sms_url: `${PUBLIC_URL}/webhook#rc=2&rp=ct,rt,5xx`,
      sms_method: "POST",
      sms_fallback_url: `${PUBLIC_URL}/webhook`,
      voice_url: `${PUBLIC_URL}/webhook#rc=2&rp=ct,rt,5xx`,
      voice_application_sid: null,
      status_callback: `${PUBLIC_URL}/status/call#rc=2&rp=ct,rt,5xx`,
    });
    expect(await get(app, "checklist")).not.toContain("go to another address");

    await app.restart();
    const later = await get(app, pageOf(OTHERS));
    expect(later).toContain("https://shop.example/sms");
    const back = await submit(app, later, "number", { action: "restore" });
    expect(await back.text()).toContain("Twilio has saved the settings.");
    expect(numberOf(OTHERS)).toEqual(before);
    expect(await get(app, pageOf(OTHERS))).not.toContain("Restore");
    expect(app.lines.join("\n")).not.toContain(OTHERS);
  });

  test("is not changed if its settings are not those that the user has seen", async () => {
    const app = await start();
    const page = await get(app, pageOf(OTHERS));
    twilio.enterAtNumber(OTHERS, SHOP);
    const answer = await submit(app, page, "number", { action: "set_up" });
    expect(await answer.text()).toContain("Nothing was saved");
    const guessed = await submit(app, page, "number", { action: "set_up", snapshot: "" });
    expect(await guessed.text()).toContain("Nothing was saved");
    expect(numberOf(OTHERS)).toMatchObject(SHOP);
  });

  test("is not changed by a form of another site", async () => {
    const app = await start();
    twilio.enterAtNumber(OTHERS, SHOP);
    const page = await get(app, pageOf(OTHERS));
    const fields = { action: "set_up", change_token: "guessed" };
    expect((await submit(app, page, "number", fields)).status).toBe(403);
    expect(numberOf(OTHERS)).toMatchObject(SHOP);
  });

  test("shows Twilio's reason if Twilio refuses the change", async () => {
    const app = await start();
    const page = await get(app, pageOf(OURS));
    twilio.failNext({ kind: "error", status: 400, code: 21402, message: "Invalid Url" });
    expect(await (await submit(app, page, "number", { action: "set_up" })).text()).toContain("21402");
  });

  test("is set up completely, so that a message to it reaches Home Assistant", async () => {
    const app = await start();
    twilio.setWebhooks({});
    expect(await get(app, "checklist")).toContain("Set up this number");
    await submit(app, await get(app, pageOf(OURS)), "number", { action: "set_up" });
    const answer = await twilio.receiveMessage({ from: THEIRS, to: OURS, body: "Is the gate closed?" });
    expect(answer.status).toBe(200);
    await vi.waitFor(() =>
      expect(home.fired).toMatchObject([
        { type: "twilio_data_received", data: { Body: "Is the gate closed?" } },
      ]),
    );
    expect(await get(app, "checklist")).toContain("signature was valid");
  });

  test("shows the Messaging Service that receives its messages instead", async () => {
    twilio.accountState.services.push({
      sid: `MG${"0".repeat(32)}`,
      numbers: [OTHERS],
      campaigns: [],
      decides: true,
    });
    expect(await get(await start(), "checklist")).toContain("The Messaging Service “A service”");
  });
});

describe("the checklist on the page Setup", () => {
  test("shows account, balance, scripts and numbers, but no secret, and asks Twilio once", async () => {
    const clock = createTestClock();
    // The clock stands, so polling reads Twilio's lists only once, at the start.
    undo.use(clock.stop());
    const app = await start({}, { clock });
    await vi.waitFor(() => expect(home.scripts.size).toBe(4));
    await vi.waitFor(() => expect(twilio.reads()).toHaveLength(READS_AT_START));
    const first = await get(app, "");
    const html = await get(app, "checklist");
    expect(html).toContain("A house, full account");
    expect(html).toContain("12.34 USD");
    expect(html).toMatch(/Actions in Home Assistant<\/dt><dd>.*Available/);
    const reads = twilio.reads().length;
    await Promise.all([get(app, "checklist"), get(app, ""), get(app, "checklist")]);
    expect(twilio.reads()).toHaveLength(reads);
    for (const secret of [twilio.accountSid, twilio.authToken, home.token, "not for anybody"]) {
      expect(first + html).not.toContain(secret);
    }
  });

  test("is red if the credentials are wrong, and says what to do", async () => {
    const app = await start({ auth_token: "0".repeat(32) });
    const html = await get(app, "checklist");
    expect(html).toMatch(/row attention.*Twilio rejects the credentials.*Copy the Account SID/);
    expect(html).not.toContain("0".repeat(32));
  });

  test("shows an API key that cannot read the account as valid", async () => {
    twilio.accountState.isRestricted = true;
    expect(await get(await start(), "checklist")).toContain("The credentials are valid");
  });

  test("finds the app at a public address with a path, but does not mistake another app for it", async () => {
    let port = 0;
    const proxy = undo.use(
      await startHttp((request, response) => {
        void fetch(`http://127.0.0.1:${port}${request.url}`).then(async (answer) => {
          response.writeHead(answer.status).end(await answer.text());
        });
      }),
    );
    const app = await start({ public_url: `http://127.0.0.1:${proxy.port}/twilio` });
    port = app.port;
    expect(await get(app, "checklist")).toContain("The address leads to this app");
    const other = await start({ public_url: `http://127.0.0.1:${proxy.port}/twilio` });
    expect(await get(other, "checklist")).toContain("Another server answers at this address");
  });

  test("shows Twilio's record of a failed webhook", async () => {
    twilio.accountState.alerts.push({ code: 11200, url: `${PUBLIC_URL}/webhook`, at: new Date() });
    expect(await get(await start(), "checklist")).toContain("Twilio cannot reach the app");
  });

  test("shows a notifier whose messages Home Assistant's own integration would also send", async () => {
    home.components.push("twilio_sms.notify");
    const app = await start({ notifiers: [{ name: "house", type: "sms", from_number: OURS }] });
    await vi.waitFor(async () => expect(await get(app, "checklist")).toMatch(/notify\.house.*Paused/));
  });
});

describe("a test message or test call on the page Setup", () => {
  const ALICE = { contacts: [{ name: "Alice", number: THEIRS }] };
  const sender = { default_sender: OURS };

  async function send(app: TestApp, fields: Record<string, string>): Promise<string> {
    const response = await submit(app, await get(app, ""), "test", fields);
    expect(response.status).toBe(200);
    const [, path = ""] = /data-live="(test-status[^"]*)"/.exec(await response.text()) ?? [];
    return path;
  }

  test("is sent to a contact as if an automation had requested it, and its progress is shown until its delivery", async () => {
    const app = await start({ ...sender, ...ALICE });
    const status = await send(app, { kind: "message", to: "alice", text: "Hello <b>you</b>" });
    await vi.waitFor(async () => expect(await get(app, status)).toContain("In progress"));
    expect(twilio.messages()).toMatchObject([{ to: THEIRS, body: "Hello <b>you</b>" }]);
    const [message] = twilio.messages();
    await twilio.advanceMessage(message?.sid ?? "", "delivered");
    await vi.waitFor(async () => expect(await get(app, status)).toContain("Done: Delivered"));
    await vi.waitFor(() => expect(home.fired.map(({ type }) => type)).toContain("twilio_result"));
  });

  test("shows its error as a sentence if it fails", async () => {
    const app = await start(sender);
    const status = await send(app, { kind: "message", to: "+15005550009", text: "Hello" });
    await vi.waitFor(async () => expect(await get(app, status)).toMatch(/Failed.*Twilio 21614/));
  });

  test("shows the error if the number is invalid", async () => {
    const app = await start(sender);
    const status = await send(app, { kind: "call", to: "nobody", text: "Hello" });
    await vi.waitFor(async () => expect(await get(app, status)).toMatch(/data-final.*nobody/));
  });

  test("waits while Home Assistant is not connected", async () => {
    const app = await start(sender);
    home.behaviour.refuseUpgrade = true;
    home.disconnect();
    await vi.waitFor(() => expect(app.lines.join()).toContain("the connection was lost"));
    const status = await send(app, { kind: "message", to: THEIRS, text: "Hello" });
    expect(await get(app, status)).toContain("Waiting for Home Assistant");
  });

  test("can be a call", async () => {
    const app = await start(sender);
    const status = await send(app, { kind: "call", to: THEIRS, text: "Hello" });
    const call = twilio.answer((await twilio.outgoingCall(THEIRS)).sid);
    await vi.waitFor(() => expect(call.said).toEqual(["Hello"]));
    await vi.waitFor(async () => expect(await get(app, status)).toContain("Call ended"));
  });
});
