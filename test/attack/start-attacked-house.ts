import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { startAppProcess } from "../../demo/start-app-process.ts";
import type { AppProcess } from "../../demo/start-app-process.ts";
import packageJson from "../../package.json" with { type: "json" };
import { OURS, THEIRS } from "../app/start-house.ts";
import { startFakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import type { FakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import type { HonestSender } from "./honest-webhooks.ts";

const { start: startScript } = packageJson.scripts;
const ROOT = join(import.meta.dirname, "../..");
/** The app's limit of file descriptors, which is the usual limit on Linux. */
export const DESCRIPTORS = 1_024;
/** The options of Node with which `npm start` and the image start the app. */
const FLAGS = (startScript.match(/ --\S+/g) ?? []).map((flag) => flag.trim());

export interface AttackedHouse extends AsyncDisposable {
  readonly app: AppProcess;
  readonly home: FakeHomeAssistant;
  readonly honest: HonestSender;
  /** The app's whole output, from stdout and stderr. */
  readonly logged: () => string;
}

/** Starts the built app in its own process, with few file descriptors and at log level debug. */
export async function startAttackedHouse(): Promise<AttackedHouse> {
  await using undo = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), "twilio-attacked-"));
  undo.defer(() => rm(directory, { recursive: true }));
  const built = join(directory, "built");
  await promisify(execFile)(process.execPath, ["scripts/build.ts", built], { cwd: ROOT });
  const home = undo.use(await startFakeHomeAssistant());
  const accountSid = `AC${"0123456789abcdef".repeat(2)}`;
  const authToken = "fedcba9876543210".repeat(2);
  const publicUrl = "https://home.example";
  let log = "";
  const app = undo.use(
    await startAppProcess({
      options: {
        account_sid: accountSid,
        auth_token: authToken,
        // No server listens at this address, so the app's requests to Twilio stay on this machine.
        api_base_url: "http://127.0.0.1:9",
        public_url: publicUrl,
        install_scripts: false,
        log_level: "debug",
      },
      homeAssistant: home,
      directory,
      port: 0,
      main: join(built, "main.mjs"),
      nodeArguments: FLAGS,
      descriptors: DESCRIPTORS,
      onLine: (line) => void (log += `${line}\n`),
    }),
  );
  const listening = await app.logged(/Listening for Twilio on port/);
  await app.logged(/Connected to Home Assistant/);
  const port = Number(/port (\d+)/.exec(listening)?.[1]);
  const running = undo.move();
  return {
    app,
    home,
    honest: { port, publicUrl, authToken, accountSid, from: THEIRS, to: OURS },
    logged: () => log,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
