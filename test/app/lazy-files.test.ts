import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { expect, test, vi } from "vitest";

import { startAppProcess } from "../../demo/start-app-process.ts";
import { startFakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import { openTcp } from "../sockets/open-tcp.ts";
import { accountOptions } from "../twilio-simulator/account-options.ts";
import { startTwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import { startBuiltApp } from "./start-built-app.ts";
import { OURS, THEIRS } from "./start-house.ts";

const ROOT = join(import.meta.dirname, "../..");

test("while the app cannot read a file of its bundle, requests that need the file fail, and later requests succeed", async () => {
  await using undo = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), "twilio-lazy-"));
  undo.defer(() => rm(directory, { recursive: true }));
  const built = join(directory, "built");
  await promisify(execFile)(process.execPath, ["scripts/build.ts", built], { cwd: ROOT });
  const home = undo.use(await startFakeHomeAssistant());
  const twilio = undo.use(await startTwilioSimulator({ numbers: [OURS] }));
  const app = undo.use(
    await startAppProcess({
      options: { ...accountOptions(twilio), default_sender: OURS, install_scripts: false },
      homeAssistant: home,
      directory,
      port: 0,
      main: join(built, "main.mjs"),
      onLine: () => {},
    }),
  );
  const panelLine = await app.logged(/The app's page is on port/);
  const panel = `http://127.0.0.1:${/port (\d+)/.exec(panelLine)?.[1]}/`;
  await app.logged(/Connected to Home Assistant/);
  const send = (id: string) =>
    home.emit("twilio_request", {
      request_id: id,
      command: "send_message",
      payload: { to: THEIRS, message: "hi" },
    });
  const results = () => home.fired.filter(({ type }) => type === "twilio_result").map(({ data }) => data);

  await rename(join(built, "later"), join(built, "away"));
  for (let count = 0; count < 2; count += 1) expect((await fetch(panel)).status).toBe(503);
  send("one");
  await vi.waitFor(() =>
    expect(results()).toMatchObject([{ request_id: "one", ok: false, error: { code: "app_failed" } }]),
  );

  await rename(join(built, "away"), join(built, "later"));
  expect((await fetch(panel)).status).toBe(200);
  send("two");
  await vi.waitFor(() => expect(results()).toMatchObject([{}, { request_id: "two", ok: true }]));
  expect(twilio.messages()).toHaveLength(1);
});

test("while all connections are in use, the app can still read files that it loads later", async () => {
  await using undo = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), "twilio-lazy-"));
  undo.defer(() => rm(directory, { recursive: true }));
  const home = undo.use(await startFakeHomeAssistant());
  const twilio = undo.use(await startTwilioSimulator({ numbers: [OURS] }));
  const app = undo.use(
    await startBuiltApp({
      options: { ...accountOptions(twilio), default_sender: OURS, install_scripts: false },
      homeAssistant: home,
      directory,
      port: 0,
      descriptors: 128,
      onLine: () => {},
    }),
  );
  const portOf = async (line: RegExp) => Number(/port (\d+)/.exec(await app.logged(line))?.[1]);
  const [webhooks, panel] = [
    await portOf(/Listening for Twilio on port/),
    await portOf(/The app's page is on port/),
  ];
  await app.logged(/Connected to Home Assistant/);
  const sockets = [webhooks, panel].flatMap((port) => Array.from({ length: 100 }, () => openTcp(port)));
  undo.defer(() => sockets.forEach((socket) => socket.destroy()));
  await Promise.all(sockets.map((socket) => once(socket, "connect")));
  await vi.waitFor(() => expect(sockets.filter(({ closed }) => closed).length).toBeGreaterThan(100));

  expect((await fetch(`http://127.0.0.1:${panel}/`)).status).toBe(200);
  home.emit("twilio_request", {
    request_id: "one",
    command: "send_message",
    payload: { to: THEIRS, message: "hi" },
  });
  await vi.waitFor(() =>
    expect(home.fired.filter(({ type }) => type === "twilio_result")).toMatchObject([{ data: { ok: true } }]),
  );
});
