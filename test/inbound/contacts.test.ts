import { expect, test, vi } from "vitest";

import { OURS, startHouse } from "../app/start-house.ts";
import { startTestApp } from "../app/start-test-app.ts";
import { startFakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import { startTwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";

const CONTACTS = [
  { name: "Alice", number: "212 555 0123" },
  { name: "Bob", number: "+1 (212) 555-0124" },
  { name: "Carl", number: "+12125550125" },
  { name: "carl", number: "+12125550199" },
];

test("one message can be sent to a list of contacts with national and international numbers", async () => {
  await using house = await startHouse({ contacts: CONTACTS });
  house.request({ command: "send_message", payload: { to: [" alice", "BOB"], message: "hi" } });
  await vi.waitFor(() => expect(house.fired("twilio_result")).toMatchObject([{ ok: true }]));
  const sentTo = house.twilio.messages().map(({ to }) => to);
  expect(sentTo.toSorted()).toEqual(["+12125550123", "+12125550124"]);
});

test.each([
  ["Alise", "Alise is neither a number nor the name of a contact. Did you mean Alice?"],
  ["Carl", "Carl can be Carl (…25) or carl (…99)."],
])("a message to %s is refused with the reason, and nothing is sent", async (to, reason) => {
  await using house = await startHouse({ contacts: CONTACTS });
  house.request({ command: "send_message", payload: { to, message: "hi" } });
  await vi.waitFor(() => expect(house.fired("twilio_result")).toHaveLength(1));
  const [result] = house.fired("twilio_result");
  expect(result).toMatchObject({ ok: false, error: { code: "invalid" } });
  expect(JSON.stringify(result)).toContain(reason);
  expect(house.posts()).toBe(0);
});

test("events contain the name of a contact with a national number, also after a restart while Home Assistant does not run", async () => {
  await using house = await startHouse({ contacts: CONTACTS });
  const write = (body: string) => house.twilio.receiveMessage({ from: "+12125550123", to: OURS, body });
  await write("one");
  await vi.waitFor(() =>
    expect(house.fired("twilio_data_received")).toMatchObject([{ Body: "one", contact: "Alice" }]),
  );
  house.home.behaviour.state = "STARTING";
  await house.app.restart();
  await write("two");
  house.home.behaviour.state = "RUNNING";
  await vi.waitFor(() =>
    expect(house.fired("twilio_data_received").at(-1)).toMatchObject({ Body: "two", contact: "Alice" }),
  );
});

test("until the app knows Home Assistant's country, messages from unknown numbers are not ignored as messages of strangers", async () => {
  await using twilio = await startTwilioSimulator({ numbers: [OURS] });
  await using home = await startFakeHomeAssistant({ state: "STARTING" });
  const options = { contacts: CONTACTS, incoming_messages: { strangers: "ignore" } };
  await using app = await startTestApp({ twilio, homeAssistant: home, options });
  await twilio.receiveMessage({ from: "+12125550123", to: OURS, body: "one" });
  home.behaviour.state = "RUNNING";
  await vi.waitFor(() => expect(home.fired.map(({ data }) => data["Body"])).toEqual(["one"]));
  let received = 1;
  await vi.waitFor(async () => {
    await twilio.receiveMessage({ from: "+12125550123", to: OURS, body: "two" });
    received += 1;
    expect(home.fired.at(-1)?.data).toMatchObject({ Body: "two", contact: "Alice" });
  });
  // Twilio gets its answers before Home Assistant gets the events.
  await vi.waitFor(() => expect(home.fired).toHaveLength(received));
  const before = home.fired.length;
  await twilio.receiveMessage({ from: "+12125559999", to: OURS, body: "of a stranger" });
  await vi.waitFor(() => expect(app.lines.join()).toContain("A message from a stranger was stored"));
  expect(home.fired).toHaveLength(before);
});
