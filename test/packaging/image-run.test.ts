import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

import { journalFiles } from "../../src/journal/journal.ts";
import { startFakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import { freePort } from "../sockets/free-port.ts";
import { accountOptions } from "../twilio-simulator/account-options.ts";
import { startTwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import { APP_CONFIG } from "./app-config.ts";
import { buildImage } from "./build-image.ts";
import type { BuiltStage } from "./build-image.ts";
import { leftOutOfBackup } from "./left-out-of-backup.ts";
import { ROOT, rootFile } from "./root-file.ts";
import { startImage } from "./start-image.ts";

/**
 * The tests of the image's life that need no container engine. The base image, tini and AppArmor do not run in them.
 */
describe("the image that the steps of the Dockerfile make", () => {
  let directory: string;
  let image: BuiltStage;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "twilio-image-"));
    const [build, final] = await buildImage(directory);
    if (build === undefined || final === undefined) throw new Error("the Dockerfile has two stages");
    const tools = ["vitest", "typescript", "playwright-core", "@twilio/cli-core", "node"];
    expect(tools.filter((tool) => existsSync(join(build.root, "app/node_modules", tool)))).toEqual([]);
    image = final;
    // Only the final files of the image remain.
    await rm(build.root, { recursive: true });
    await rm(join(directory, "context"), { recursive: true });
  });
  afterAll(() => rm(directory, { recursive: true }));

  test("contains the bundle, its licences and the files for Home Assistant, and no source maps", async () => {
    const app = join(image.root, "app");
    const names = ["LICENSE", "THIRD-PARTY-NOTICES.txt", "addon", "later", "main.mjs"];
    expect((await readdir(app)).toSorted()).toEqual(names);
    expect((await readdir(app, { recursive: true })).filter((file) => file.endsWith(".map"))).toEqual([]);
    expect(await readFile(join(app, "LICENSE"), "utf8")).toBe(rootFile("LICENSE"));
  });

  test("has exactly the same bundle if all development tools are installed during the build", async () => {
    const built = join(directory, "built-here");
    await promisify(execFile)(process.execPath, ["scripts/build.ts", built], { cwd: ROOT });
    const inImage = await contents(join(image.root, "app"));
    const here = await contents(built);
    expect([...here.keys()]).toEqual([...inImage.keys()]);
    const differing = [...inImage].filter(([file, bytes]) => here.get(file)?.equals(bytes) === false);
    expect(differing.map(([file]) => file)).toEqual([]);
  });

  test("starts, is healthy, can be backed up and ends with exit code 0", async () => {
    await using undo = new AsyncDisposableStack();
    const data = join(directory, "data");
    await mkdir(data);
    const options = accountOptions(undo.use(await startTwilioSimulator({ numbers: ["+15005550006"] })));
    await writeFile(join(data, "options.json"), JSON.stringify({ ...APP_CONFIG.options, ...options }));
    const home = undo.use(await startFakeHomeAssistant());
    const panelPort = await freePort();
    const app = undo.use(
      startImage(image, {
        NODE_ENV: "production",
        OPTIONS_FILE: join(data, "options.json"),
        DATA_DIR: data,
        HOME_ASSISTANT_URL: home.url,
        HOME_ASSISTANT_TOKEN: home.token,
        LISTEN_HOST: "127.0.0.1",
        WEBHOOK_PORT: String(await freePort()),
        PANEL_PORT: String(panelPort),
      }),
    );
    await vi.waitFor(async () => expect((await app.exec(image.healthCheck)).code).toBe(0));
    await vi.waitFor(() => expect(home.scripts.size).toBeGreaterThan(1));

    const panel = await fetch(`http://127.0.0.1:${panelPort}/`);
    expect([panel.status, panel.headers.get("content-type")]).toEqual([
      200,
      expect.stringMatching("text/html"),
    ]);

    const backup = await app.exec(APP_CONFIG.backup_pre.split(" "));
    expect(backup.code).toBe(0);
    const inBackup = (await readdir(data, { recursive: true })).filter(
      (file) => !leftOutOfBackup(join(data, file), APP_CONFIG.backup_exclude),
    );
    const { copy, copyReport, lock, used } = journalFiles("");
    expect(inBackup.toSorted()).toEqual(["backup", copy, copyReport, lock, used, "options.json"].toSorted());

    expect(await app.stop()).toBe(0);
    expect((await app.exec(image.healthCheck)).code).toBe(1);
    expect(app.lines.filter((line) => / (WARNING|ERROR) /.test(line))).toEqual([]);
  });
});

/** The content of each file, by path and in order. */
async function contents(folder: string): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  for (const file of (await readdir(folder, { recursive: true })).toSorted()) {
    if ((await stat(join(folder, file))).isFile()) found.set(file, await readFile(join(folder, file)));
  }
  return found;
}
