import { expect, test } from "vitest";

import { tryCommand } from "../../src/alarms/alarm-request.ts";
import { alarmWith, personAt, tryOf } from "./engine/alarm-with.ts";

const PEOPLE = [personAt(0, { channels: ["whatsapp"], code: "123456", sender: "+15005550006" }), personAt(1)];

/** The WhatsApp message that Alice gets. */
function whatsapp(template: string | null, purpose: "ask" | "end" = "ask", isDrill = false) {
  const alarm = alarmWith({ people: PEOPLE }, { test: isDrill });
  return tryCommand(alarm, tryOf(1, 0, { channel: "whatsapp", purpose }), template)?.deliveries[0]?.request;
}

test("an alarm's WhatsApp message uses the template of the options, filled with the alarm's name, its message and the code that takes the alarm", () => {
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

test("a WhatsApp message of a test alarm says in the template's text that it is a drill", () => {
  expect(JSON.stringify(whatsapp("HX1", "ask", true))).toContain("This is a drill. Water in the cellar.");
});

test("an alarm's WhatsApp message is free text if no template is set, or if it says that nobody took the alarm", () => {
  expect(whatsapp(null)).toMatchObject({
    body: "Water: Water in the cellar. To take this alarm, reply 123456.",
  });
  expect(whatsapp("HX1", "end")).toMatchObject({
    body: "Water: Nobody has taken this alarm. Water in the cellar.",
  });
});

test("an alarm's call that has not reached Twilio within 20 seconds is not made, and its request_id contains the alarm's ID and the try's number", () => {
  const command = tryCommand(alarmWith(), tryOf(3, 0, { at: 5_000 }), null);
  expect(command).toMatchObject({ requestId: "alarm:alarm:3", priority: "alarm", deadline: 25_000 });
});
