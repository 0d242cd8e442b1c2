import { afterAll, beforeAll, expect, test } from "vitest";

import { connectToCore, type CoreClient } from "../../house/core/core-client.ts";
import { type RunningCore, startCore } from "../../house/core/start-core.ts";
import { ADDON, startProvisioner } from "../../house/start-provisioner.ts";
import { describeWithCore } from "../../install/describe-with-core.ts";
import { DATED_AUTOMATIONS } from "./dated-automations.ts";
import { SCRIPT_TIMEOUTS } from "./script-timeouts.ts";

const MESSAGE_FIELDS =
  "to message media sender channel content_sid content_variables send_at valid_for wait_for".split(" ");
const CALL_FIELDS =
  "to say play twiml twiml_url voice language ask digits finish_on_key hints answer_seconds then repeat sender send_digits ring_seconds detect_machine record wait_for".split(
    " ",
  );
const TALK_FIELDS =
  "call say play ask digits finish_on_key hints answer_seconds voice language repeat record forward_to then hold_seconds silence_seconds".split(
    " ",
  );

type Data = Readonly<Record<string, unknown>>;

describeWithCore(
  "the app's scripts in a real Home Assistant Core, with a test in place of the app,",
  (installation) => {
    let core: RunningCore;
    let client: CoreClient;

    beforeAll(async () => {
      core = await startCore({ installation, automations: DATED_AUTOMATIONS });
      client = await connectToCore(core.url, core.token);
      await using provisioner = startProvisioner(core, ADDON);
      await provisioner.logged(/twilio_talk is installed and up to date/);
    });
    afterAll(async () => {
      await client[Symbol.asyncDispose]();
      await core[Symbol.asyncDispose]();
    });

    const call = (id: string, data: Data) =>
      client.callService("script", id, data, { returnResponse: true }) as Promise<Data>;

    /** Calls a script and returns its request to the app. The test answers it, so that the script ends. */
    async function asked(id: string, data: Data): Promise<Data> {
      await using requests = await client.events("twilio_request");
      const called = call(id, data);
      const request = (await requests.next()).data;
      await answer(request, { ok: true });
      await called;
      return request;
    }

    const answer = (request: Data, data: Data) =>
      client.command({
        type: "fire_event",
        event_type: "twilio_result",
        event_data: { request_id: request["request_id"], ...data },
      });

    const all = (fields: readonly string[], given: Data) =>
      Object.fromEntries(fields.map((name) => [name, given[name] ?? null]));

    test("request a message with all fields, of which those that the automation left out are null", async () => {
      const given = { to: "Alice", message: "hello" };
      const request = await asked("twilio_send_message", given);
      expect(request).toMatchObject({ command: "send_message", payload: all(MESSAGE_FIELDS, given) });
      expect(request["request_id"]).toMatch(/^req_/);
    });

    test("request a call with all fields, and the loop in the script does not change the field `repeat`", async () => {
      const given = { to: ["Alice"], say: "hello" };
      const request = await asked("twilio_make_call", given);
      expect(request).toMatchObject({ command: "make_call", payload: all(CALL_FIELDS, given) });
      const full = { to: "Alice", say: "x", repeat: 2, record: true, ring_seconds: 5, send_digits: "0123" };
      expect((await asked("twilio_make_call", full))["payload"]).toEqual(all(CALL_FIELDS, full));
    });

    test("request a talk step with all fields, and a text that looks like a number stays a text", async () => {
      const given = {
        call: "CA1",
        say: "Your PIN",
        ask: "digits",
        repeat: 3,
        record: false,
        then: "hang_up",
      };
      const request = await asked("twilio_talk", given);
      expect(request).toMatchObject({ command: "talk", payload: all(TALK_FIELDS, given) });
      const full = {
        call: "CA1",
        say: 42,
        finish_on_key: "0",
        hints: ["7", "0042"],
        forward_to: "+12125550123",
      };
      expect((await asked("twilio_talk", full))["payload"]).toEqual(all(TALK_FIELDS, { ...full, say: "42" }));
    });

    test.each(["0042", "4711", "1e3", "+12125550123", "True", "[1]", "{{ 1 + 1 }}", "", "*1#"])(
      "return the input %j of a caller unchanged to the automation's templates",
      async (input) => {
        const sequence = [
          { action: "script.twilio_talk", data: { call: "CA1", ask: "digits" }, response_variable: "pin" },
          { variables: { expected: input === "{{ 1 + 1 }}" ? "{{ '{{ 1 + 1 }}' }}" : input } },
          {
            event: "test_entered",
            event_data: {
              is: "{{ pin.input == expected }}",
              is_text: "{{ pin.input is string }}",
              length: "{{ pin.input | length }}",
              input: "{{ [pin.input] }}",
            },
          },
        ];
        await using requests = await client.events("twilio_request");
        await using entered = await client.events("test_entered");
        const run = client.command({ type: "execute_script", sequence });
        await answer((await requests.next()).data, {
          ok: true,
          input,
          speech: null,
          confidence: null,
          ended: null,
        });
        await run;
        expect((await entered.next()).data).toEqual({
          is: true,
          is_text: true,
          length: input.length,
          input: [input],
        });
      },
    );

    test.each([
      ["+1555"],
      [15551234567],
      ["123"],
      ["0042"],
      ["true"],
      ["[1]"],
      ["{{ x }} {% y %} 'quoted' \"twice\" \\ \n second line 🪟"],
      ["x".repeat(1_600)],
    ])("pass on the field value %j unchanged, and as a text if the field is a text", async (value) => {
      const given = { to: value, message: value, media: [value], content_variables: { 1: value } };
      const expected = all(MESSAGE_FIELDS, { ...given, message: String(value) });
      expect((await asked("twilio_send_message", given))["payload"]).toEqual(expected);
    });

    test("pass on all digits of a long number that a template made from a text", async () => {
      const message = "{{ '12345678901234567890' }}";
      const sequence = [{ action: "script.twilio_send_message", data: { to: "Alice", message, timeout: 5 } }];
      await using requests = await client.events("twilio_request");
      const run = client.command({ type: "execute_script", sequence });
      const request = (await requests.next()).data;
      await answer(request, { ok: true });
      await run;
      expect(request["payload"]).toMatchObject({ message: "12345678901234567890" });
    });

    test.each([
      ["dated", { message: "2027-01-30", send_at: "2027-01-31 18:00:00" }],
      ["dated_call", { say: "2027-01-30" }],
      ["dated_talk", { say: "2027-01-30" }],
    ])("pass on a text that YAML turned into a date as the text that it was: %s", async (id, texts) => {
      await using requests = await client.events("twilio_request");
      await client.command({ type: "fire_event", event_type: `test_${id}` });
      const request = (await requests.next()).data;
      await answer(request, { ok: true });
      expect(request["payload"]).toMatchObject(texts);
    });

    test.each(SCRIPT_TIMEOUTS)(
      "pass on their timeout reduced by 2 s, for example %s with %j",
      async (id, given, seconds) => {
        const startedAt = performance.now();
        const timeout = Number((await asked(id, { to: "Alice", ...given }))["timeout"]);
        expect(timeout).toBeGreaterThanOrEqual(seconds - 2 - (performance.now() - startedAt) / 1_000);
        expect(timeout).toBeLessThanOrEqual(seconds - 2);
      },
    );

    test("pass on a timeout that is not a number unchanged, so that the app can name the fault", async () => {
      expect((await asked("twilio_send_message", { to: "Alice", timeout: "soon" }))["timeout"]).toBe("soon");
    });

    test("respond with the app's answer, whatever fields it has", async () => {
      await using requests = await client.events("twilio_request");
      const called = call("twilio_send_message", { to: "Alice", message: "x" });
      const response = {
        ok: true,
        error: null,
        recipients: [{ to: "+1", sid: "SM1", segments: 2, n: "0042" }],
      };
      await answer((await requests.next()).data, response);
      expect(await called).toMatchObject(response);
    });

    test("respond with the first hundred recipients if the response is too large for a template", async () => {
      await using requests = await client.events("twilio_request");
      const called = call("twilio_send_message", { to: "Alice", message: "x" });
      const recipients = Array.from({ length: 1_000 }, (_, index) => ({
        to: `${index}`,
        error: "e".repeat(400),
      }));
      await answer((await requests.next()).data, { ok: true, recipients });
      expect(await called).toMatchObject({ ok: true, recipients: recipients.slice(0, 100) });
    });

    test("repeat a request without an answer with the same request_id, until an answer comes", async () => {
      await using requests = await client.events("twilio_request");
      const called = call("twilio_make_call", { to: "Alice", timeout: 600 });
      const { data: first } = await requests.next();
      const { data: second } = await requests.next();
      expect(second["request_id"]).toBe(first["request_id"]);
      await answer(second, { ok: true });
      expect(await called).toMatchObject({ ok: true });
    });

    test("report that the app is away if no answer comes in time", async () => {
      await using requests = await client.events("twilio_request");
      const response = await call("twilio_make_call", { to: "Alice", timeout: 3, on_error: "respond" });
      const { data } = await requests.next();
      const message = "No answer from the Twilio app within 3 s. Is it running?";
      const error = { code: "app_away", message, more_info: null };
      const { request_id } = data;
      expect(response).toEqual({ request_id, command: "make_call", ok: false, recipients: [], error });
    });

    test.each([
      ["twilio_send_message", 0],
      ["twilio_make_call", "-5"],
      ["twilio_talk", 2.9],
    ])("refuse a timeout that is too short, without a request: %s with %j", async (id, timeout) => {
      await using requests = await client.events("twilio_request");
      const error = { code: "invalid", message: "timeout: must be at least 3 seconds, so nothing was done." };
      const response = await call(id, { to: "Alice", call: "CA1", timeout, on_error: "respond" });
      expect(response).toMatchObject({ ok: false, recipients: [], error: { ...error, more_info: null } });
      expect(await call(id, { timeout }).catch(String)).toContain(error.message);
      expect(requests.all()).toEqual([]);
    });

    test("respond with all fields to a talk step without an answer, and report that the app is away", async () => {
      const response = await call("twilio_talk", { call: "CA1", timeout: 3, on_error: "respond" });
      expect(response).toMatchObject({
        ...all(["speech", "confidence", "ended", "recording", "forward"], {}),
        call: "CA1",
        ok: false,
        input: "",
        recipients: [],
        error: { code: "app_away" },
      });
    });

    test.each(["respond", "Respond", " RESPOND "])(
      "respond with the app's error and do not fail the automation, with on_error %j",
      async (onError) => {
        await using requests = await client.events("twilio_request");
        const called = call("twilio_send_message", { to: "Alice", on_error: onError });
        await answer((await requests.next()).data, { ok: false, error: { code: "21211", message: "wrong" } });
        expect(await called).toMatchObject({ ok: false, error: { code: "21211" } });
      },
    );

    test.each([[undefined], ["stop"], ["typo"], [null]])(
      "fail with the app's error and so fail the automation, with on_error %j",
      async (onError) => {
        await using requests = await client.events("twilio_request");
        const called = call("twilio_send_message", { to: "Alice", on_error: onError }).catch(String);
        const message = "The 'To' number {{ +1 }} is \"wrong\"";
        await answer((await requests.next()).data, { ok: false, error: { code: "21211", message } });
        expect(await called).toContain(message);
      },
    );
  },
);
