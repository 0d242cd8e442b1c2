import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

import { MY_NUMBER, TWILIO_NUMBER } from "../../../demo/numbers.ts";
import { startTestApp } from "../../app/start-test-app.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import { connectToCore } from "../house/core/core-client.ts";
import type { CoreClient } from "../house/core/core-client.ts";
import { startCore } from "../house/core/start-core.ts";
import { describeWithCore } from "../install/describe-with-core.ts";

const configuration = `
notify:
  - {platform: group, name: sms, services: []}
`;

/** Templates, each with the text that Core's own notify integration would get. */
const TEXTS: readonly [string, string][] = [
  ["{{ '8944500102198765432' }}", "8944500102198765432"],
  ["{{ 8944500102198765432 }}", "8944500102198765432"],
  ["{{ 2 ** 63 }}", "9223372036854775808"],
  ["{{ 2 ** 64 + 1 }}", "18446744073709551617"],
  ["{{ '9' * 60 }}", "9".repeat(60)],
  ["{{ 21.0 }}", "21.0"],
  ["{{ '21.50' }}", "21.5"],
  ["{{ 0.1 + 0.2 }}", "0.30000000000000004"],
  ["{{ -0.0 }}", "-0.0"],
  ["{{ '10000000000000000.0' }}", "1e+16"],
  ["{{ '0.00001' }}", "1e-05"],
  ["{{ 3.14159265358979323846 }}", "3.141592653589793"],
  ["{{ 1 == 1 }}", "True"],
  ["+49 151 23456789", "+49 151 23456789"],
];

/** Templates that Core turns into a list or a mapping. For its own integrations, it keeps the text. */
const LISTS: readonly [string, string][] = [
  ["{{ '21,5' }}", "21,5"],
  ["{{ ['a', 1.0] }}", "['a', 1.0]"],
  ["{{ {'a': 1} }}", "{'a': 1}"],
];

describeWithCore("the exact texts in requests from a real Home Assistant Core", (installation) => {
  const undo = new AsyncDisposableStack();
  let client: CoreClient;
  let twilio: TwilioSimulator;

  beforeAll(async () => {
    twilio = undo.use(await startTwilioSimulator({ numbers: [TWILIO_NUMBER] }));
    const core = undo.use(await startCore({ installation, configuration }));
    client = undo.use(await connectToCore(core.url, core.token));
    const notifiers = [{ name: "sms", type: "sms", from_number: TWILIO_NUMBER }];
    const app = undo.use(await startTestApp({ twilio, homeAssistant: core, options: { notifiers } }));
    await vi.waitFor(
      () => expect(app.lines.join("\n")).toContain("twilio_send_message is installed and up to date"),
      {
        interval: 20,
      },
    );
  });
  afterAll(() => undo.disposeAsync());

  /** The text of the message that these actions send. */
  async function sentBy(sequence: object): Promise<string | undefined> {
    const before = twilio.messages().length;
    await client.command({ type: "execute_script", sequence: [sequence] });
    await vi.waitFor(() => expect(twilio.messages().length).toBe(before + 1));
    return twilio.messages().at(-1)?.body;
  }

  const notify = (message: string): object => ({
    action: "notify.sms",
    data: { message, target: MY_NUMBER },
  });

  describe("with a notify action", () => {
    test.each([...TEXTS, ...LISTS])("the template %s becomes the message %s", async (message, text) => {
      expect(await sentBy(notify(message))).toBe(text);
    });
  });

  describe("with the event twilio_request", () => {
    test.each([...TEXTS, ...LISTS])("the template %s becomes the message %s", async (message, text) => {
      const data = { command: "send_message", payload: { to: MY_NUMBER, message } };
      expect(await sentBy({ event: "twilio_request", event_data: data })).toBe(text);
    });
  });

  describe("as spoken text of a call", () => {
    test.each(LISTS)("the template %s becomes the spoken text %s", async (say, text) => {
      const before = twilio.calls().length;
      const spoken = text.replaceAll("'", "&apos;");
      const payload = { to: MY_NUMBER, say };
      await client.command({
        type: "execute_script",
        sequence: [
          { event: "twilio_request", event_data: { command: "make_call", payload } },
          { action: "script.twilio_make_call", data: payload },
        ],
      });
      await vi.waitFor(() => expect(twilio.calls().length).toBe(before + 2));
      const documents = twilio.requests().map(({ form }) => form["Twiml"] ?? "");
      const said = documents.filter((one) => one.includes(`>${spoken}<`) || one.includes(`>${text}<`));
      expect(said).toHaveLength(2);
    });
  });

  test("a twilio_request with a field of a wrong type, such as a list as message, is refused with a result", async () => {
    await using results = await client.events("twilio_result");
    const list = { to: MY_NUMBER, message: ["a"] };
    const mapping = { to: MY_NUMBER, message: { a: [1] } };
    for (const payload of [null, "text", 21.5, ["a"], { message: null }, list, mapping]) {
      await client.command({
        type: "fire_event",
        event_type: "twilio_request",
        event_data: { command: "send_message", payload },
      });
      expect((await results.next()).data).toMatchObject({ ok: false, error: { code: "invalid" } });
    }
    await client.command({ type: "fire_event", event_type: "twilio_request", event_data: {} });
    expect((await results.next()).data).toMatchObject({ ok: false, error: { code: "invalid" } });
  });

  describe("with the action script.twilio_send_message", () => {
    test.each([...TEXTS, ...LISTS])("the template %s becomes the message %s", async (message, text) => {
      const data = { to: MY_NUMBER, message };
      expect(await sentBy({ action: "script.twilio_send_message", data })).toBe(text);
    });

    test("a list as message is refused", async () => {
      const data = { to: MY_NUMBER, message: ["a", "b"] };
      const call = client.callService("script", "twilio_send_message", data);
      await expect(call).rejects.toThrow("message: must be a text");
    });

    test.each(TEXTS)(
      "the Home Assistant template %s gives a variable of a content template at Twilio the text %s",
      async (value, text) => {
        const content = `HX${"0".repeat(32)}`;
        const data = { to: MY_NUMBER, content_sid: content, content_variables: { 1: value } };
        await sentBy({ action: "script.twilio_send_message", data });
        expect(JSON.parse(String(twilio.requests().at(-1)?.form["ContentVariables"]))).toEqual({ 1: text });
      },
    );
  });
});
