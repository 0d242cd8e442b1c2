import { expect, test } from "vitest";

import { tryCommand } from "../../src/alarms/alarm-request.ts";
import { alarmWith, personAt, tryOf } from "./engine/alarm-with.ts";

const PEOPLE = [personAt(0, { channels: ["whatsapp"], code: "123456", sender: "+15005550006" }), personAt(1)];

/** What is sent to Alice by WhatsApp. */
function whatsapp(template: string | null, purpose: "ask" | "end" = "ask", isDrill = false) {
  const alarm = alarmWith({ people: PEOPLE }, { test: isDrill });
  return tryCommand(alarm, tryOf(1, 0, { channel: "whatsapp", purpose }), template)?.deliveries[0]?.request;
}

test("a message by WhatsApp uses the template, with name, message and code", () => {
  expect(whatsapp("HX1")).toMatchObject({
    to: "whatsapp:+12125550101",
    from: "whatsapp:+15005550006",
    body: "",
    content: {
      sid: "HX1",
      variables: JSON.stringify({ 1: "Water", 2: "Water in the cellar.", 3: "123456" }),
    },
  });
});

test("the variables of a template have no line breaks, because WhatsApp refuses them", () => {
  const message = "Water in the cellar.\n\nClose the\tvalve.     Call the plumber.";
  const alarm = alarmWith({ people: PEOPLE, revisions: [{ revision: 1, message, at: 0, fromRound: 1 }] });
  const command = tryCommand(alarm, tryOf(1, 0, { channel: "whatsapp" }), "HX1");
  expect(JSON.stringify(command?.deliveries[0]?.request)).toContain(
    "Water in the cellar. Close the valve. Call the plumber.",
  );
});

test("a drill by WhatsApp says in the template that it is a drill", () => {
  expect(JSON.stringify(whatsapp("HX1", "ask", true))).toContain("This is a drill. Water in the cellar.");
});

test("WhatsApp gets free text if there is no template, and for the news that nobody took the alarm", () => {
  expect(whatsapp(null)).toMatchObject({
    body: "Water: Water in the cellar. To take this alarm, reply 123456.",
  });
  expect(whatsapp("HX1", "end")).toMatchObject({
    body: "Water: Nobody has taken this alarm. Water in the cellar.",
  });
});

test("a try is posted to Twilio within 20 seconds or not at all, and keeps its id over a restart", () => {
  const command = tryCommand(alarmWith(), tryOf(3, 0, { at: 5_000 }), null);
  expect(command).toMatchObject({ requestId: "alarm:alarm:3", priority: "alarm", deadline: 25_000 });
});
