import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test, vi } from "vitest";

import { OURS, THEIRS } from "../app/start-house.ts";
import { PUBLIC_URL } from "../app/start-test-app.ts";
import { startFakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import { startChaosApp } from "../real-core/house/chaos-app.ts";
import { accountOptions } from "../twilio-simulator/account-options.ts";
import { startTwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";

/** Runs the app as a process that can be killed, with a simulated Home Assistant and Twilio. */
async function startMortal() {
  await using undo = new AsyncDisposableStack();
  const home = undo.use(await startFakeHomeAssistant());
  const twilio = undo.use(await startTwilioSimulator({ numbers: [OURS] }));
  const directory = await mkdtemp(join(tmpdir(), "twilio-mortal-"));
  undo.defer(() => rm(directory, { recursive: true }));
  const app = undo.use(
    await startChaosApp({
      options: {
        ...accountOptions(twilio),
        public_url: PUBLIC_URL,
        incoming_calls: { wait_seconds: 10, otherwise: "reject" },
      },
      homeAssistant: home,
      directory,
    }),
  );
  const origin = `http://127.0.0.1:${app.port}`;
  twilio.setWebhooks({ voice: { url: `${PUBLIC_URL}/webhook`, deliverTo: `${origin}/webhook` } });
  twilio.routeCallbacks(PUBLIC_URL, origin);
  await vi.waitFor(() => expect(home.listensTo("twilio_request")).toBe(true));
  const cleanup = undo.move();
  return {
    home,
    twilio,
    ask: (requestId: string, payload: Readonly<Record<string, unknown>>) =>
      home.emit("twilio_request", { request_id: requestId, command: "talk", timeout: 60, payload }),
    async result(requestId: string) {
      const results = () =>
        home.fired.filter(({ type, data }) => type === "twilio_result" && data["request_id"] === requestId);
      await vi.waitFor(() => expect(results()).not.toEqual([]));
      return results()[0]?.data;
    },
    /** Kills the process, as a power cut does, and starts it again at once. */
    async killAndStart(): Promise<void> {
      await twilio.holdCalls(async () => {
        await app.killAndStart();
        await vi.waitFor(() => expect(home.listensTo("twilio_request")).toBe(true));
      });
    },
    [Symbol.asyncDispose]: () => cleanup.disposeAsync(),
  };
}

test("if the app is killed while a caller waits for the next step, the call continues after the restart", async () => {
  await using mortal = await startMortal();
  const call = await mortal.twilio.ring({ from: THEIRS, to: OURS });
  mortal.ask("one", { call: call.sid, say: "One." });
  expect(await mortal.result("one")).toMatchObject({ ok: true });
  await call.until(() => call.waitingFor === "response");
  await mortal.killAndStart();
  mortal.ask("two", { call: call.sid, say: "Two.", then: "hang_up" });
  expect(await mortal.result("two")).toMatchObject({ ok: true, ended: "app" });
  await call.over();
  expect(call.said).toEqual(["One.", "Two."]);
});

test("if the app is killed and restarted, a caller's later input reaches the automation that asked", async () => {
  await using mortal = await startMortal();
  const call = await mortal.twilio.ring({ from: THEIRS, to: OURS });
  mortal.ask("pin", { call: call.sid, say: "PIN?", ask: "digits", digits: 4 });
  await call.until(() => call.waitingFor === "gather");
  await mortal.killAndStart();
  await call.press("4711");
  expect(await mortal.result("pin")).toMatchObject({ ok: true, input: "4711" });
  expect(call.said).toEqual(["PIN?"]);
});
