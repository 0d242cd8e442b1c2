import { expect, test } from "vitest";

import { CALLED_OFF } from "../../../src/alarms/alarm-try.ts";
import { APP_STATE, CHANGE_TOKEN, createTestPanel } from "../create-test-panel.ts";
import type { TestPanel } from "../create-test-panel.ts";
import { testAlarm, testTry } from "./create-test-alarms.ts";

function germanPanel(): TestPanel {
  const panel = createTestPanel({ supervised: true, password: null }, "172.30.32.2");
  panel.appState = { ...APP_STATE, homeAssistant: { ...APP_STATE.homeAssistant, language: "de" } };
  return panel;
}

test.each([
  [CALLED_OFF, "Der Alarm war schon übernommen oder beendet, bevor die App bei Twilio anfragen konnte."],
  [{ code: "push_missing", message: "No action notify.phone." }, "an diese Person nicht: No action notify"],
  [{ code: "push_failed", message: "Not registered." }, "nicht senden: Not registered."],
  [{ code: "twilio_away", message: "Twilio is away." }, "Twilio war nicht erreichbar"],
  [{ code: "21211", message: "It is wrong." }, "Die Nummer ist keine gültige Telefonnummer."],
])("the German page of an alarm gives the reason of a failed try in German: %j", async (error, sentence) => {
  const panel = germanPanel();
  const tries = [testTry({ outcome: "failed", error })];
  panel.alarms.stored = [{ alarm: testAlarm(), tries }];
  const html = await (await panel.ask({ path: `/alarm?id=${testAlarm().id}` })).text();
  expect(html).toContain(`<p class="why">`);
  expect(html).toContain(sentence);
});

test("an error without a German sentence is marked as English for screen readers", async () => {
  const panel = germanPanel();
  const tries = [testTry({ outcome: "failed", error: { code: "99999", message: "Something new." } })];
  panel.alarms.stored = [{ alarm: testAlarm(), tries }];
  const html = await (await panel.ask({ path: `/alarm?id=${testAlarm().id}` })).text();
  expect(html).toContain(`<p class="why" lang="en">Something new.`);
});

test("the German page says in German why a drill was not started", async () => {
  const panel = germanPanel();
  panel.alarms.drillResult = { ok: false, error: { code: "invalid", message: "Nobody can be called." } };
  const response = await panel.ask({
    path: "/drill",
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: `change_token=${CHANGE_TOKEN}&person=Alice&message=Test`,
  });
  expect(await response.text()).toContain("Der Auftrag ist nicht gültig, und es wurde nichts gesendet:");
});
