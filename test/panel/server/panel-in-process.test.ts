import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { afterEach, expect, test } from "vitest";

import { startAppProcess } from "../../../demo/start-app-process.ts";
import type { AppProcess } from "../../../demo/start-app-process.ts";
import { startFakeHomeAssistant } from "../../home-assistant/fake/start-fake-home-assistant.ts";
import { accountOptions } from "../../twilio-simulator/account-options.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";

const ROOT = join(import.meta.dirname, "../../..");

let undo = new AsyncDisposableStack();
afterEach(async () => {
  await undo.disposeAsync();
  undo = new AsyncDisposableStack();
});

async function temporaryFolder(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "twilio-panel-"));
  undo.defer(() => rm(directory, { recursive: true }));
  return directory;
}

async function start(environment: Record<string, string>, main?: string): Promise<AppProcess> {
  const home = undo.use(await startFakeHomeAssistant());
  const twilio = undo.use(await startTwilioSimulator({ accountSid: `AC${"0".repeat(32)}` }));
  return undo.use(
    await startAppProcess({
      options: { ...accountOptions(twilio), install_scripts: false },
      homeAssistant: home,
      directory: await temporaryFolder(),
      port: 0,
      onLine: () => {},
      environment,
      ...(main === undefined ? {} : { main }),
    }),
  );
}

/** The panel's URL from the log. */
async function panelUrl(app: AppProcess): Promise<string> {
  const line = await app.logged(/The app's page is on port/);
  return `http://127.0.0.1:${/port (\d+)/.exec(line)?.[1]}/`;
}

test("the app that runs from its source files has a panel", async () => {
  const app = await start({});
  const html = await (await fetch(await panelUrl(app))).text();
  expect(html).toContain("/webhook");
  expect(html).toContain("AC00…0000");
});

test("the app that runs as a bundle has a panel, with the access that the environment variables set", async () => {
  const built = await temporaryFolder();
  await promisify(execFile)(process.execPath, ["scripts/build.ts", built], { cwd: ROOT });
  const password = "correct horse battery";
  const app = await start({ PANEL_PASSWORD: password }, join(built, "main.mjs"));
  const url = await panelUrl(app);
  expect((await fetch(url)).status).toBe(401);
  const authorization = `Basic ${Buffer.from(`me:${password}`).toString("base64")}`;
  const response = await fetch(url, { headers: { authorization } });
  expect(await response.text()).toContain("AC00…0000");
});

test("the app that runs under Supervisor accepts panel requests only through ingress", async () => {
  const app = await start({ SUPERVISOR_TOKEN: "of-this-start" });
  const url = await panelUrl(app);
  expect((await fetch(url)).status).toBe(403);
  expect((await fetch(`${url}health`)).status).toBe(200);
});
