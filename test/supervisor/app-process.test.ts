import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import type { AppProcess } from "../../demo/start-app-process.ts";
import { startBuiltApp } from "../app/start-built-app.ts";
import { startFakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import type { FakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import { CREDENTIALS, TOKEN } from "../options/parsed.ts";
import { ROOT } from "../packaging/root-file.ts";
import { startSupervisor } from "./start-supervisor.ts";
import type { Supervisor } from "./start-supervisor.ts";
import { writeOptions } from "./write-options.ts";

let directory: string;
let undo = new AsyncDisposableStack();
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "twilio-supervised-"));
});
afterEach(async () => {
  await undo.disposeAsync();
  undo = new AsyncDisposableStack();
  await rm(directory, { recursive: true });
});

describe("the app as Supervisor starts it", () => {
  let core: FakeHomeAssistant;
  let supervisor: Supervisor;
  beforeEach(async () => {
    core = undo.use(await startFakeHomeAssistant());
    supervisor = undo.use(await startSupervisor({ core }));
  });

  async function start(
    saved: Readonly<Record<string, unknown>>,
  ): Promise<{ app: AppProcess; lines: string[] }> {
    const optionsFile = join(directory, "supervisors-options.json");
    await writeOptions(optionsFile, saved);
    const token = supervisor.renewToken();
    const lines: string[] = [];
    const app = undo.use(
      await startBuiltApp({
        options: {},
        homeAssistant: supervisor,
        directory,
        port: 0,
        onLine: (line) => void lines.push(line),
        environment: { OPTIONS_FILE: optionsFile, SUPERVISOR_TOKEN: token, HOSTNAME: "a1b2c3d4-twilio" },
      }),
    );
    return { app, lines };
  }

  /** The texts of the notifications about options in Home Assistant, in order. Null stands for a removed one. */
  const optionNotifications = (): (string | null)[] =>
    core.called
      .filter(({ domain }) => domain === "persistent_notification")
      .map(({ data }) => data as { readonly notification_id: string; readonly message?: string })
      .filter(({ notification_id: id }) => id === "twilio_options")
      .map(({ message }) => message ?? null);

  test("runs with Supervisor's options, and with the new token of each start", async () => {
    for (let starts = 1; starts <= 2; starts += 1) {
      const { app, lines } = await start(CREDENTIALS);
      await app.logged(/Connected to Home Assistant/);
      await app[Symbol.asyncDispose]();
      expect(await app.ended).toBe(0);
      expect(lines.filter((line) => / (WARNING|ERROR) /.test(line))).toEqual([]);
    }
  });

  test("names wrong options that Supervisor accepted, and continues", async () => {
    const { app, lines } = await start({
      ...CREDENTIALS,
      public_url: "home.example",
      default_sender: "0301234567",
      contacts: [{ name: "", number: "+12125550123" }],
      language: "German",
    });
    await app.logged(/Connected to Home Assistant/);
    const warnings = lines.flatMap((line) => / WARNING +(.*)/.exec(line)?.[1] ?? []);
    expect(warnings.map((warning) => warning.split(":")[0])).toEqual([
      "public_url",
      "language",
      "contacts, entry 1",
      "default_sender",
    ]);
    await vi.waitFor(() => expect(optionNotifications()).not.toEqual([]));
    const [notification = ""] = optionNotifications();
    expect(notification?.split("\n").filter((line) => line.startsWith("- "))).toHaveLength(4);
    expect(notification).toContain("[the app's configuration](/config/app/a1b2c3d4_twilio/config)");
  });

  test("names a required option that is missing or malformed, and ends with exit code 1", async () => {
    const { app, lines } = await start({ account_sid: TOKEN, auth_token: "" });
    expect(await app.ended).toBe(1);
    expect(lines).toEqual([
      expect.stringMatching(/ERROR +account_sid is malformed: enter .* It looks like an Auth Token/),
      expect.stringMatching(/ERROR +auth_token is missing: enter /),
    ]);
    expect(lines.join()).not.toContain(TOKEN);
    const [notification, ...others] = optionNotifications();
    expect(notification).toMatch(/^- account_sid is malformed: .*\n- auth_token is missing: /);
    expect(notification).toContain("(/config/app/a1b2c3d4_twilio/config), then start the app.");
    expect(notification).not.toContain(TOKEN);
    expect(others).toEqual([]);

    const { app: corrected } = await start(CREDENTIALS);
    await corrected.logged(/Connected to Home Assistant/);
    await vi.waitFor(() => expect(optionNotifications()).toEqual([notification, null]));
  });

  test("ends with exit code 1 after a faulty option also while Home Assistant does not answer", async () => {
    core.behaviour.state = "STARTING";
    const { app } = await start({ account_sid: "", auth_token: TOKEN });
    expect(await app.ended).toBe(1);
    expect(optionNotifications()).toEqual([]);
  });
});

describe("the app's process ends with a clear message if its options file", () => {
  const secret = "9f86d081884c7d659a2feaa0c55ad015";

  /** The message with which the app refuses an options file. The app must end with exit code 1. */
  async function complaint(file: string, uid?: number): Promise<string> {
    const main = ["--import", join(ROOT, "scripts/register-tsx.ts"), join(ROOT, "src/main.ts")];
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", ...main], {
      env: {
        OPTIONS_FILE: file,
        DATA_DIR: directory,
        HOME_ASSISTANT_URL: "http://127.0.0.1:9",
        HOME_ASSISTANT_TOKEN: "t",
      },
      stdio: ["ignore", "pipe", "inherit"],
      ...(uid === undefined ? {} : { uid }),
    });
    const [said, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
    expect(code).toBe(1);
    expect(said.trim().split("\n")).toHaveLength(1);
    expect(said).toContain(`the options file ${file} `);
    expect(said).toContain('{"account_sid": "AC…", "auth_token": "…"}');
    expect(said).not.toContain(secret);
    return said;
  }

  async function fileWith(content: string): Promise<string> {
    const file = join(directory, "options.json");
    await writeFile(file, content);
    return file;
  }

  test("contains malformed JSON, and the message names the place but not the content", async () => {
    const file = await fileWith(`{\n  "auth_token": "${secret}"\n  "account_sid": "AC"\n}`);
    expect(await complaint(file)).toContain("is not valid JSON at line 3 column 3;");
  });

  test("contains typographic quotation marks", async () => {
    expect(await complaint(await fileWith(`{“auth_token”: “${secret}”}`))).toContain('enter " instead');
  });

  test.each([
    ["", "is empty"],
    [" \n", "is empty"],
    ["[]", "contains no object"],
    ['"x"', "contains no object"],
    ["null", "contains no object"],
  ])("contains %j", async (content, reason) => {
    expect(await complaint(await fileWith(content))).toContain(reason);
  });

  test("is missing", async () => {
    expect(await complaint(join(directory, "missing.json"))).toContain("does not exist");
    expect(await complaint(join(await fileWith("{}"), "options.json"))).toContain("does not exist");
  });

  test("is a folder, which a container engine creates in place of a missing file", async () => {
    const folder = join(directory, "options.json");
    await mkdir(folder);
    expect(await complaint(folder)).toContain("is a folder");
  });

  test("can be read only by another user", async () => {
    const file = await fileWith("{}");
    await chmod(file, 0);
    await chmod(directory, 0o755);
    // Root may read every file, so the app must run as another user.
    expect(await complaint(file, process.getuid?.() === 0 ? 65_534 : undefined)).toContain("may not be read");
  });
});
