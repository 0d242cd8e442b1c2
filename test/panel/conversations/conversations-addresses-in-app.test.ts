import { expect, test, vi } from "vitest";

import { OURS } from "../../app/start-house.ts";
import { startTestApp } from "../../app/start-test-app.ts";
import { startFakeHomeAssistant } from "../../home-assistant/fake/start-fake-home-assistant.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";

/** The machine may be busy, so only the test's own timeout ends the wait. */
const until = <Result>(check: () => Result) => vi.waitFor(check, { interval: 10 });

const CONTACTS = [
  { name: "Alice", number: "+525512345678" },
  { name: "Bob", number: "messenger:1234567890" },
];

/** Submits the form on the page of the only conversation. */
async function replyOn(
  url: string,
  text: string,
): Promise<{ readonly page: string; readonly status: number }> {
  const list = await (await fetch(`${url}conversations`)).text();
  const page = await (await fetch(url + (/href="(conversation\?[^"#]*)/.exec(list)?.[1] ?? ""))).text();
  const hidden = (name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? "";
  const fields = ["change_token", "idempotency_key", "with"].map((name) => [name, hidden(name)]);
  const body = new URLSearchParams({ ...Object.fromEntries(fields), text });
  const { status } = await fetch(`${url}reply`, { method: "POST", body, redirect: "manual" });
  return { page, status };
}

test.each([
  ["whatsapp:US.1349012345678", `whatsapp:${OURS}`, "US.1349012345678"],
  ["whatsapp:+5215512345678", `whatsapp:${OURS}`, "Alice"],
  ["messenger:1234567890", "messenger:9876543210", "Bob"],
  ["rcs:+12125550123", "rcs:brand_agent", "+12125550123"],
  ["viber:aBc/dE==", "viber:house", "viber:aBc/dE=="],
])("a reply on the page Conversations goes to %s, from %s", async (From, To, name) => {
  await using home = await startFakeHomeAssistant();
  await using twilio = await startTwilioSimulator({ numbers: [OURS] });
  const settings = { panel: { port: 0, password: null, supervised: false } };
  const options = { contacts: CONTACTS };
  await using app = await startTestApp({ twilio, homeAssistant: home, options, settings });
  await until(() => expect(app.lines.join()).toContain("Connected to Home Assistant"));
  await twilio.receiveMessage({ from: From, to: To, body: "Is the gate closed?" });
  const { page, status } = await replyOn(`http://localhost:${app.panelPort}/`, "Yes, it is.");
  expect(page).toContain(`<h1>${name}</h1>`);
  expect(status).toBe(303);
  await until(() => expect(twilio.messages()).toHaveLength(2));
  expect(twilio.messages()[1]).toMatchObject({ to: From, from: To, body: "Yes, it is." });
  expect(twilio.violations()).toEqual([]);
});
