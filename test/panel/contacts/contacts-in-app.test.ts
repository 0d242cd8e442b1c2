import { expect, test, vi } from "vitest";

import { OURS } from "../../app/start-house.ts";
import { startTestApp } from "../../app/start-test-app.ts";
import { startFakeHomeAssistant } from "../../home-assistant/fake/start-fake-home-assistant.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";

const BOB = "+12125550177";

test("a contact that the user adds on the panel is known at once in actions, events and conversations, also after a restart", async () => {
  await using undo = new AsyncDisposableStack();
  const home = undo.use(await startFakeHomeAssistant());
  const twilio = undo.use(await startTwilioSimulator({ numbers: [OURS] }));
  const settings = { panel: { port: 0, password: null, supervised: false } };
  const app = undo.use(await startTestApp({ twilio, homeAssistant: home, settings }));
  const connected = () => expect(home.listensTo("twilio_request")).toBe(true);
  await vi.waitFor(connected);
  const page = async (path: string): Promise<string> =>
    await (await fetch(`http://localhost:${app.panelPort}/${path}`)).text();
  const eventNames = () =>
    home.fired.filter(({ type }) => type === "twilio_data_received").map(({ data }) => data["contact"]);

  // A stranger writes, and the user saves the number from the conversation.
  await twilio.receiveMessage({ from: BOB, to: OURS, body: "Who is there?" });
  await vi.waitFor(() => expect(eventNames()).toEqual([null]));
  const [conversation = ""] = /conversation\?[^"#]*/.exec(await page("conversations")) ?? [];
  const [link = ""] = /contacts\?number=[^"#]*/.exec(await page(conversation)) ?? [];
  const form = await page(link);
  expect(form).toContain(`value="${BOB}"`);
  const [, token = ""] = /name="change_token" value="([^"]*)"/.exec(form) ?? [];
  const body = new URLSearchParams({ change_token: token, action: "save", name: "Bob", number: BOB });
  const headers = { origin: `http://localhost:${app.panelPort}` };
  const saved = await fetch(`http://localhost:${app.panelPort}/contacts`, { method: "POST", body, headers });
  expect(await saved.text()).toContain("Saved.");
  expect(await page(conversation)).toContain("Bob");
  expect(await page(conversation)).not.toContain("Save as contact");

  await twilio.receiveMessage({ from: BOB, to: OURS, body: "It is me." });
  await vi.waitFor(() => expect(eventNames()).toEqual([null, "Bob"]));

  await app.restart();
  await vi.waitFor(connected);
  home.emit("twilio_request", {
    request_id: "r1",
    command: "send_message",
    payload: { to: ["Bob"], message: "Hello" },
  });
  await vi.waitFor(() => expect(twilio.messages().map(({ to }) => to)).toContain(BOB));
});
