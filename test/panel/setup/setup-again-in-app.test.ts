import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { englishWords } from "../../../src/domain/notification.ts";
import { credentialsRefusedNotification } from "../../../src/health/problem-texts.ts";
import { OURS, THEIRS } from "../../app/start-house.ts";
import { PUBLIC_URL, startTestApp } from "../../app/start-test-app.ts";
import type { TestApp } from "../../app/start-test-app.ts";
import { startFakeHomeAssistant } from "../../home-assistant/fake/start-fake-home-assistant.ts";
import type { FakeHomeAssistant } from "../../home-assistant/fake/start-fake-home-assistant.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";

let undo = new AsyncDisposableStack();
let home: FakeHomeAssistant;
let twilio: TwilioSimulator;
beforeEach(async () => {
  home = undo.use(await startFakeHomeAssistant());
  twilio = undo.use(await startTwilioSimulator({ numbers: [OURS] }));
});
afterEach(async () => {
  expect(twilio.violations()).toEqual([]);
  await undo.disposeAsync();
  undo = new AsyncDisposableStack();
});

async function start(): Promise<TestApp> {
  const app = undo.use(
    await startTestApp({
      twilio,
      homeAssistant: home,
      // One server stands in for all hosts of Twilio's REST API.
      options: { api_base_url: undefined, default_sender: OURS },
      settings: { panel: { port: 0, password: null, supervised: false }, twilioStandIn: twilio.url },
    }),
  );
  await vi.waitFor(() => expect(app.lines.join()).toContain("Connected to Home Assistant"), { interval: 5 });
  return app;
}

const urlOf = (app: TestApp, path: string): string => `http://localhost:${app.panelPort}/${path}`;
const get = async (app: TestApp, path: string): Promise<string> => (await fetch(urlOf(app, path))).text();

test("a double click on the page Setup sends one test message, and the next page sends another one", async () => {
  const app = await start();
  const click = async (page: string): Promise<string> => {
    const hidden = [...page.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)];
    const body = new URLSearchParams({
      ...Object.fromEntries(hidden.map(([, name = "", value = ""]) => [name, value])),
      kind: "message",
      to: THEIRS,
      text: "Hello",
    });
    const response = await fetch(urlOf(app, "test"), { method: "POST", body });
    return await response.text();
  };
  const first = await get(app, "");
  const [following] = await Promise.all([click(first), click(first)]);
  await click(first);
  await vi.waitFor(() => expect(twilio.messages()).toHaveLength(1));
  await click(following);
  // Requests are accepted in order, so the earlier ones have been accepted by now.
  await vi.waitFor(() => expect(twilio.messages()).toHaveLength(2));
  expect(twilio.messages()).toHaveLength(2);
});

test("an API key that cannot read the account is shown as valid, and the log does not say that Twilio refuses it", async () => {
  twilio.accountState.isRestricted = true;
  const app = await start();
  expect(await get(app, "checklist")).toContain("The credentials are valid");
  expect(app.lines.join("\n")).not.toContain(englishWords(credentialsRefusedNotification(null)).message);
});

test("a webhook from before a restart still counts as received on the page Setup", async () => {
  const app = await start();
  twilio.accountState.alerts.push({
    code: 11200,
    url: `${PUBLIC_URL}/webhook`,
    at: new Date(Date.now() - 60_000),
  });
  expect(await get(app, "checklist")).toContain("Twilio cannot reach the app");
  await twilio.receiveMessage({ from: THEIRS, to: OURS, body: "Is the gate closed?" });
  await app.restart();
  const html = await get(app, "checklist");
  expect(html).toContain("Twilio has reached the app");
  expect(html).toMatch(/row good.*signature was valid/);
  expect(html).not.toContain("Twilio cannot reach the app");
});

test("the checklist still says after a restart that no webhook has ever arrived", async () => {
  const app = await start();
  await app.restart();
  expect(await get(app, "checklist")).toContain("None yet");
});
