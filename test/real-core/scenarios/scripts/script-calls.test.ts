import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { MY_NUMBER, TWILIO_NUMBER } from "../../../../demo/numbers.ts";
import { startTestApp } from "../../../app/start-test-app.ts";
import type { TestApp } from "../../../app/start-test-app.ts";
import { startTwilioSimulator } from "../../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../../../twilio-simulator/start-twilio-simulator.ts";
import { connectToCore, type CoreClient } from "../../house/core/core-client.ts";
import { type RunningCore, startCore } from "../../house/core/start-core.ts";
import { describeWithCore } from "../../install/describe-with-core.ts";

/** A number that Twilio refuses as not valid. */
const BAD_NUMBER = "+15005550001";

/** Each automation reports the script's response, if the action has not failed. */
const AUTOMATIONS = [
  ["good", "twilio_send_message", `{to: "${MY_NUMBER}", message: "The door is open"}`],
  ["bad", "twilio_send_message", `{to: "${BAD_NUMBER}", message: "The door is open"}`],
  ["asking", "twilio_send_message", `{to: "${BAD_NUMBER}", message: "The door is open", on_error: respond}`],
  ["calling", "twilio_make_call", `{to: "${MY_NUMBER}", say: "The door is open", repeat: 2}`],
  ["patient", "twilio_send_message", `{to: "${MY_NUMBER}", message: "still there?", timeout: 40}`],
]
  .map(
    ([name, script, data]) => `
- id: ${name}
  triggers: [{trigger: event, event_type: test_${name}}]
  actions:
    - action: script.${script}
      data: ${data}
      response_variable: answer
    - event: test_went_on
      event_data: {name: ${name}, answer: "{{ answer }}"}
`,
  )
  .join("");

interface Trace {
  readonly run_id: string;
  readonly state: string;
  readonly script_execution: string | null;
  readonly error?: string;
}

describeWithCore("automations that call the app's scripts on a real Home Assistant Core", (installation) => {
  let core: RunningCore;
  let client: CoreClient;
  let twilio: TwilioSimulator;
  let app: TestApp;

  beforeAll(async () => {
    twilio = await startTwilioSimulator({ numbers: [TWILIO_NUMBER] });
    core = await startCore({ installation, automations: AUTOMATIONS });
    client = await connectToCore(core.url, core.token);
    app = await startTestApp({ twilio, homeAssistant: core, options: { default_sender: TWILIO_NUMBER } });
    await vi.waitFor(
      () => {
        for (const id of ["twilio_send_message", "twilio_make_call"])
          expect(app.lines.join()).toContain(`script.${id} is installed and up to date`);
      },
      { interval: 20 },
    );
  });
  afterAll(async () => {
    expect(twilio.violations()).toEqual([]);
    await app[Symbol.asyncDispose]();
    await client[Symbol.asyncDispose]();
    await core[Symbol.asyncDispose]();
    await twilio[Symbol.asyncDispose]();
  });

  const trigger = (name: string) => client.command({ type: "fire_event", event_type: `test_${name}` });

  /** The response that the automation reported. */
  async function wentOn(name: string): Promise<unknown> {
    await using events = await client.events("test_went_on");
    await trigger(name);
    return (await events.next(({ data }) => data["name"] === name)).data["answer"];
  }

  /** The trace of the automation's latest run, after its end. */
  async function ended(name: string): Promise<Trace> {
    const of = { domain: "automation", item_id: name };
    const { run_id } = await vi.waitFor(
      async () => {
        const traces = await client.command<Trace[]>({ type: "trace/list", ...of });
        const last = traces.at(-1);
        if (last?.state !== "stopped") throw new Error("still running");
        return last;
      },
      { interval: 20 },
    );
    return await client.command<Trace>({ type: "trace/get", ...of, run_id });
  }

  test("continue with the response after success", async () => {
    const answer = await wentOn("good");
    const [sent] = twilio.messages().slice(-1);
    expect(sent).toMatchObject({ to: MY_NUMBER, from: TWILIO_NUMBER, body: "The door is open" });
    const one = { to: MY_NUMBER, sid: sent?.sid, error: null };
    expect(answer).toMatchObject({ ok: true, command: "send_message", ...one, recipients: [one] });
  });

  test("stop at a failure, and their trace contains Twilio's reason", async () => {
    await using events = await client.events("test_went_on");
    await using results = await client.events("twilio_result");
    await trigger("bad");
    const { error } = (await results.next()).data as { error: { code: string; message: string } };
    expect(error.code).toBe("21211");
    const trace = await ended("bad");
    expect(trace).toMatchObject({ script_execution: "error", error: expect.stringContaining(error.message) });
    expect(events.all()).toEqual([]);
  });

  test("continue with `ok: false` and the reason if the script has `on_error: respond`", async () => {
    expect(await wentOn("asking")).toMatchObject({
      ok: false,
      error: { code: "21211", message: expect.stringMatching(/./) },
      recipients: [{ to: BAD_NUMBER, sid: null }],
    });
    expect(await ended("asking")).toMatchObject({ script_execution: "finished" });
  });

  test("get a response from the script for calls, like from the script for messages", async () => {
    expect(await wentOn("calling")).toMatchObject({ ok: true, command: "make_call", to: MY_NUMBER });
    expect(twilio.requests().at(-1)?.form["Twiml"]).toContain("The door is open");
  });

  test("get an answer even from an app that starts 10 s after the action, and the message is sent once", async () => {
    const before = twilio.messages().length;
    await using requests = await client.events("twilio_request");
    await using events = await client.events("test_went_on");
    await app.restart(async () => {
      await trigger("patient");
      // The script repeats its request at once, and then every five seconds.
      for (let repetition = 1; repetition <= 3; repetition += 1) await requests.next();
    });
    const { data } = await events.next(({ data: { name } }) => name === "patient");
    expect(data["answer"]).toMatchObject({ ok: true, to: MY_NUMBER });
    expect(twilio.messages().slice(before)).toMatchObject([{ body: "still there?" }]);
  });
});
