import { readFile } from "node:fs/promises";

import { describe, expect, test } from "vitest";
import { parse } from "yaml";

import { toYaml } from "../../../src/panel/examples/automation-for.ts";
import { automationFor } from "../../../src/panel/examples/automation-for.ts";
import { notifyExample, sendExample, talkExample } from "../../../src/panel/examples/examples.ts";
import { EXAMPLES_DE } from "../../../src/texts/de/examples.ts";
import { EXAMPLES_EN } from "../../../src/texts/en/examples.ts";
import { ALICE, createTestActivity, historyEntry } from "../activity/create-test-activity.ts";
import type { TestActivity } from "../activity/create-test-activity.ts";
import { createTestPanel, APP_STATE } from "../create-test-panel.ts";

const BOB = "+12125550123";
const OURS = "+15005550006";
const CALL = {
  From: BOB,
  To: OURS,
  CallSid: "CA1",
  CallStatus: "ringing",
  Direction: "inbound",
  contact: null,
};
const MESSAGE = { From: BOB, To: OURS, MessageSid: "SM1", Body: "secret words", contact: null };

interface Made {
  readonly triggers: readonly { readonly event_type: string; readonly event_data?: object }[];
  readonly conditions?: readonly string[];
}

/** The YAML as Home Assistant reads it. */
function made(type: string, data: Readonly<Record<string, unknown>>, over = {}): Made {
  const text = toYaml(automationFor(historyEntry(type, data, over), EXAMPLES_EN.yaml));
  return parse(text, { version: "1.1" }) as Made;
}

describe("an automation on the page Examples, which the panel makes for a received event, runs when a similar event comes:", () => {
  test("for a call from a stranger, it checks the number", () => {
    expect(made("twilio_data_received", CALL)).toMatchObject({
      triggers: [
        {
          trigger: "event",
          event_type: "twilio_data_received",
          event_data: { From: BOB, To: OURS, CallStatus: "ringing", Direction: "inbound" },
        },
      ],
    });
  });

  test("for a call from a contact, it checks the name, because numbers change", () => {
    const { triggers, conditions } = made("twilio_data_received", { ...CALL, contact: "Alice" });
    expect(triggers[0]?.event_data).toEqual({ To: OURS, CallStatus: "ringing", Direction: "inbound" });
    expect(conditions).toEqual([`{{ trigger.event.data.contact == "Alice" }}`]);
  });

  test("for a message, it does not check the text", () => {
    const { triggers, conditions } = made("twilio_data_received", MESSAGE);
    expect(triggers[0]?.event_data).toEqual({ From: BOB, To: OURS });
    expect(conditions).toEqual(["{{ trigger.event.data.Body is defined }}"]);
  });

  test("for one entered digit, it checks the digit", () => {
    const { triggers } = made("twilio_data_received", { ...CALL, CallStatus: "in-progress", Digits: "1" });
    expect(triggers[0]?.event_data).toEqual({ From: BOB, To: OURS, Direction: "inbound", Digits: "1" });
  });

  test("for several digits, it does not check them, because they may be a PIN", () => {
    const automation = made("twilio_data_received", { ...CALL, CallStatus: "in-progress", Digits: "4711" });
    expect(JSON.stringify(automation)).not.toContain("4711");
    expect(automation.conditions).toEqual(["{{ trigger.event.data.Digits is defined }}"]);
  });

  test("for spoken input, it does not check the words", () => {
    const automation = made("twilio_data_received", {
      ...CALL,
      CallStatus: "in-progress",
      SpeechResult: "Rosebud",
    });
    expect(JSON.stringify(automation)).not.toContain("Rosebud");
  });

  test("for an event that came too late, it listens to twilio_data_missed", () => {
    expect(made("twilio_data_received", MESSAGE, { state: "missed" }).triggers[0]?.event_type).toBe(
      "twilio_data_missed",
    );
  });

  test.each<[string, object, object | undefined]>([
    ["twilio_message_status", { status: "failed", to: BOB }, { status: "failed" }],
    [
      "twilio_call_status",
      { status: "busy", direction: "outbound-api" },
      { status: "busy", direction: "outbound-api" },
    ],
    ["twilio_recording", { url: "https://example.com" }, undefined],
    ["twilio_result", { command: "send_message", ok: false }, { command: "send_message", ok: false }],
  ])("for the kind %s", (type, data, eventData) => {
    expect(made(type, { ...data }).triggers[0]?.event_data).toEqual(eventData);
  });
});

test.each(["{{ states('lock.door') }}", "{% x %}", "{# x #}"])(
  "a stranger's text on the page Examples never becomes a template of Home Assistant: %s",
  (From) => {
    const { triggers } = made("twilio_data_received", { ...MESSAGE, From });
    expect(triggers[0]?.event_data).toEqual({ To: OURS });
  },
);

test("on the page Examples, the name of a contact may contain quotation marks", () => {
  const [condition] =
    made("twilio_data_received", { ...MESSAGE, contact: `O"Neil \\ }}` }).conditions?.slice(1) ?? [];
  expect(condition).toBe(String.raw`{{ trigger.event.data.contact == "O\"Neil \\ }}" }}`);
});

test.each([
  "on",
  "12:30",
  "0123",
  "1_000",
  "~",
  "=",
  "a: b",
  "- x",
  "#1",
  "null",
  "1e3",
  "Ä 'b' \"c\"",
  "x\ny",
])("in the YAML of the page Examples, the text %j has the same meaning in YAML 1.1 and 1.2", (text) => {
  const yaml = toYaml({ text, [text]: 1 });
  for (const version of ["1.1", "1.2"] as const) {
    expect(parse(yaml, { version })).toEqual({ text, [text]: 1 });
  }
});

describe("the YAML on the page Examples", () => {
  test.each([EXAMPLES_EN, EXAMPLES_DE])("names the user's own contacts ($title)", ({ yaml }) => {
    expect(sendExample(["Oma", "Alice"], yaml)).toMatchObject({ data: { to: "Oma" } });
    expect(talkExample(["Oma", "Alice"], yaml).conditions).toEqual([
      `{{ trigger.event.data.contact in ["Oma","Alice"] }}`,
    ]);
    expect(sendExample([], yaml)).toMatchObject({ data: { to: "Alice" } });
  });

  test("for notifiers has the same content as addon/notify.yaml", async () => {
    const given = await readFile(new URL("../../../addon/notify.yaml", import.meta.url), "utf8");
    const notifiers = [
      { name: "twilio_sms", type: "sms" },
      { name: "twilio_call", type: "call" },
    ] as const;
    expect(parse(toYaml(notifyExample(notifiers)))).toEqual(parse(given));
  });
});

async function page(activity: TestActivity, path = "/examples", language = "en") {
  const panel = createTestPanel({ supervised: true, password: null }, "172.30.32.2", activity);
  panel.appState = { ...APP_STATE, homeAssistant: { ...APP_STATE.homeAssistant, language } };
  const response = await panel.ask({ path });
  expect(response.status).toBe(200);
  return await response.text();
}

describe("the page Examples", () => {
  const house = (): TestActivity => {
    const activity = createTestActivity(null, {
      contacts: () => ["Alice"],
      notifiers: [{ name: "family", type: "sms" }],
    });
    activity.history = [
      historyEntry("twilio_result", { command: "talk", ok: true, recipients: [] }, { seq: 9 }),
      historyEntry("twilio_data_received", CALL, { seq: 8 }),
      historyEntry("twilio_data_received", { ...MESSAGE, contact: "Alice", From: ALICE }, { seq: 7 }),
      historyEntry("twilio_data_received", { ...MESSAGE, contact: "Alice", From: ALICE }, { seq: 6 }),
    ];
    return activity;
  };

  test("shows the newest webhook, and a choice with one event of each kind", async () => {
    const html = await page(house());
    expect(html).toContain(`alias: ${BOB} calls`);
    expect([...html.matchAll(/href="examples\?event=(\d+)"/g)].map(([, seq]) => seq)).toEqual([
      "9",
      "8",
      "7",
    ]);
    expect(html).toMatch(/href="examples\?event=8" aria-current="true"/);
    expect(html).toContain("name: family");
    expect(html).toContain('value="https://home.example/twilio/webhook"');
  });

  test("shows the chosen event, even if the choice does not contain it any more", async () => {
    expect(await page(house(), "/examples?event=7")).toContain("alias: Message from Alice");
    expect(await page(house(), "/examples?event=6")).toMatch(/event=6" aria-current="true"/);
  });

  test.each(["x", "99", "-1", "1e9"])(
    "shows the newest webhook if the event in its URL is invalid (%s)",
    async (event) => {
      expect(await page(house(), `/examples?event=${event}`)).toMatch(/event=8" aria-current="true"/);
    },
  );

  test("works without events, contacts and notifiers", async () => {
    const html = await page(createTestActivity());
    expect(html).toContain("Nothing has come in yet.");
    expect(html).toContain("to: Alice");
    expect(html).toContain("contain no notifiers");
  });

  test("shows no text that somebody wrote, and shows HTML in a name as text", async () => {
    const activity = createTestActivity(null, { contacts: () => ["</textarea><b>"], notifiers: [] });
    activity.history = [historyEntry("twilio_data_received", { ...MESSAGE, contact: "</textarea><b>" })];
    const html = await page(activity);
    expect(html).not.toContain("secret words");
    expect(html).not.toContain("<b>");
  });

  test("is in German if Home Assistant is, with German examples", async () => {
    const html = await page(house(), "/examples?event=7", "de-AT");
    expect(html).toContain("alias: Nachricht von Alice");
    expect(html).toContain("Beispiele");
    expect(html).toContain("Drücke die 1");
  });

  test("has a label for each text that can be copied", async () => {
    const html = await page(house());
    const fields = [...html.matchAll(/<(?:textarea|input) id="([^"]+)"/g)].map(([, id]) => id);
    expect(fields).toEqual(["automation", "send", "talk", "notify", "webhook-address"]);
    for (const id of fields) {
      expect(html).toContain(`<label for="${id}">`);
      expect(html).toContain(`data-copy="${id}"`);
    }
  });
});
