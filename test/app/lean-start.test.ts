import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { startFakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import { accountOptions } from "../twilio-simulator/account-options.ts";
import { startTwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import { startBuiltApp } from "./start-built-app.ts";

/** Makes the process print, at SIGUSR2, whether it has loaded Node's `fetch`. */
const TELL = `process.on("SIGUSR2", () =>
  console.log("fetch is loaded: " + process.moduleLoadList.some((name) => name.endsWith("deps/undici/undici"))));`;

test("Node's `fetch`, which takes 12 MB of memory, is loaded at the first webhook, and not for the health check", async () => {
  await using undo = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), "twilio-lean-"));
  undo.defer(() => rm(directory, { recursive: true }));
  const home = undo.use(await startFakeHomeAssistant());
  const twilio = undo.use(await startTwilioSimulator());
  const app = undo.use(
    await startBuiltApp({
      options: accountOptions(twilio),
      homeAssistant: home,
      directory,
      port: 0,
      onLine: () => {},
      nodeArguments: ["--import", `data:text/javascript,${encodeURIComponent(TELL)}`],
    }),
  );
  const line = await app.logged(/Listening for Twilio on port/);
  const url = `http://127.0.0.1:${/port (\d+)/.exec(line)?.[1]}`;
  await app.logged(/Connected to Home Assistant/);
  expect((await fetch(`${url}/health`)).status).toBe(200);
  process.kill(app.pid, "SIGUSR2");
  expect(await app.logged(/fetch is loaded/)).toBe("fetch is loaded: false");
  expect((await fetch(`${url}/webhook`, { method: "POST" })).status).toBe(403);
  process.kill(app.pid, "SIGUSR2");
  await app.logged(/fetch is loaded: true/);
});
