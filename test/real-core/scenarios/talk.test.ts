import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { PUBLIC_URL } from "../../app/start-test-app.ts";
import { accountOptions } from "../../twilio-simulator/account-options.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import { startChaosApp } from "../house/chaos-app.ts";
import type { ChaosApp } from "../house/chaos-app.ts";
import { connectToCore } from "../house/core/core-client.ts";
import { startCore } from "../house/core/start-core.ts";
import type { RunningCore } from "../house/core/start-core.ts";
import { describeWithCore } from "../install/describe-with-core.ts";

const OURS = "+15005550006";
const ALICE = "+12125550123";

/** The number of the caller during whose call Home Assistant restarts. */
const BOB = "+12125550124";

/** An automation with a menu of two levels, as a user would write it. It may take any time, except with Bob. */
const MENU = `
- id: menu
  alias: Menu by phone
  mode: parallel
  triggers:
    - trigger: event
      event_type: twilio_data_received
      event_data: { CallStatus: ringing, Direction: inbound }
  variables:
    call: "{{ trigger.event.data.CallSid }}"
    silence: "{{ 4 if trigger.event.data.From == '${BOB}' else 300 }}"
  actions:
    - action: script.twilio_talk
      data:
        call: "{{ call }}"
        say: 1 for lights, 2 for the gate.
        ask: digits
        digits: 1
        hold_seconds: 1
        silence_seconds: "{{ silence }}"
      response_variable: first
    - if: "{{ first.ended is none and first.input == '1' }}"
      then:
        - action: script.twilio_talk
          data: { call: "{{ call }}", say: "1 on, 2 off.", ask: digits, digits: 1, silence_seconds: "{{ silence }}", hold_seconds: 1 }
          response_variable: second
        - event: menu_chosen
          event_data: { level_one: "{{ first.input }}x", level_two: "{{ second.input }}x", ended: "{{ second.ended }}" }
        - action: script.twilio_talk
          data: { call: "{{ call }}", say: Done., then: hang_up }
      else:
        - event: menu_chosen
          event_data: { level_one: "{{ first.input }}x", level_two: none, ended: "{{ first.ended }}" }
        - action: script.twilio_talk
          data: { call: "{{ call }}", say: Goodbye., then: hang_up }
`;

describeWithCore("a phone call that an automation controls", (installation) => {
  let undo = new AsyncDisposableStack();
  let core: RunningCore;
  let twilio: TwilioSimulator;
  let app: ChaosApp;

  beforeAll(async () => {
    twilio = undo.use(await startTwilioSimulator({ numbers: [OURS] }));
    core = undo.use(await startCore({ installation, automations: MENU }));
    const directory = await mkdtemp(join(tmpdir(), "twilio-talk-"));
    undo.defer(() => rm(directory, { recursive: true }));
    app = undo.use(
      await startChaosApp({
        options: {
          ...accountOptions(twilio),
          public_url: PUBLIC_URL,
          incoming_calls: { wait_seconds: 10, otherwise: "reject" },
        },
        homeAssistant: core,
        directory,
      }),
    );
    const origin = `http://127.0.0.1:${app.port}`;
    twilio.setWebhooks({ voice: { url: `${PUBLIC_URL}/webhook`, deliverTo: `${origin}/webhook` } });
    twilio.routeCallbacks(PUBLIC_URL, origin);
    await app.logged(/Installed script\.twilio_talk|script\.twilio_talk is installed and up to date/);
  });
  afterAll(async () => {
    await undo.disposeAsync();
    undo = new AsyncDisposableStack();
  });

  test("leads the caller through a menu of two levels by keys", async () => {
    await using client = await connectToCore(core.url, core.token);
    await using chosen = await client.events("menu_chosen");
    const call = await twilio.ring({ from: ALICE, to: OURS });
    await call.until(({ waitingFor }) => waitingFor === "gather");
    await call.press("1");
    await call.until(({ said, waitingFor }) => said.length === 2 && waitingFor === "gather");
    await call.press("2");
    expect(await chosen.next()).toMatchObject({ data: { level_one: "1x", level_two: "2x" } });
    await call.over();
    expect(call.said).toEqual(["1 for lights, 2 for the gate.", "1 on, 2 off.", "Done."]);
    expect(call.notes).toEqual([]);
  });

  test("loses neither digits nor the call if the app is killed while the caller enters digits", async () => {
    const call = await twilio.ring({ from: ALICE, to: OURS });
    await call.until(({ waitingFor }) => waitingFor === "gather");
    await twilio.holdCalls(() => app.killAndStart());
    await call.press("1");
    await call.until(({ said, waitingFor }) => said.length === 2 && waitingFor === "gather");
    await call.press("1");
    await call.over();
    expect(call.said).toEqual(["1 for lights, 2 for the gate.", "1 on, 2 off.", "Done."]);
    expect(call.notes).toEqual([]);
  });

  test("ends with a sentence if Home Assistant restarts during it, and the next call is answered", async () => {
    const call = await twilio.ring({ from: BOB, to: OURS });
    await call.until(({ waitingFor }) => waitingFor === "gather");
    await core.stop();
    await call.press("1");
    await call.over();
    expect(call.said.at(-1)).toBe("Sorry, this cannot go on right now. Goodbye.");
    expect(call).toMatchObject({ state: "completed", notes: [] });
    await core.restart();
    await vi.waitFor(
      async () => {
        const next = await twilio.ring({ from: ALICE, to: OURS });
        await next.until(({ waitingFor, state }) => waitingFor === "gather" || state === "busy");
        expect(next.waitingFor).toBe("gather");
        await next.hangUp();
      },
      { interval: 500 },
    );
  });
});
