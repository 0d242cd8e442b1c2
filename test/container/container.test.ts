import { copyFile, readdir } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

import { journalFiles } from "../../src/journal/journal.ts";
import { OURS, THEIRS } from "../app/start-house.ts";
import { APP_CONFIG } from "../packaging/app-config.ts";
import { leftOutOfBackup } from "../packaging/left-out-of-backup.ts";
import { ROOT, rootYaml } from "../packaging/root-file.ts";
import { PATIENCE_MS } from "../patience.ts";
import { describeWithCore } from "../real-core/install/describe-with-core.ts";
import { createBaseTree } from "./base-tree.ts";
import type { Libc } from "./base-tree.ts";
import { buildInEngine } from "./build-in-engine.ts";
import { describeInContainer } from "./describe-in-container.ts";
import { startContainerHouse } from "./start-container-house.ts";
import { startEngine } from "./start-engine.ts";
import type { Engine } from "./start-engine.ts";

const CACHE = join(ROOT, ".cache/container");
/** The longest build. It fetches packages, and copying a folder of 200 MB takes long on a busy machine. */
const BUILD_MS = 10 * PATIENCE_MS;
const SAMPLE = join(ROOT, "test/journal/samples/version-6.db");

// The tests need a Core installation, because its Python fetches Node for musl.
describeWithCore("the app's image, which the Dockerfile builds,", (core) =>
  describeInContainer("as a container", (programs) => {
    let engine: Engine;
    beforeAll(async () => void (engine = await startEngine(programs)));
    afterAll(() => engine[Symbol.asyncDispose]());

    describe.each<Libc>(["glibc", "musl"])("on the base image with %s", (libc) => {
      const image = `twilio-${libc}`;
      beforeAll(async () => {
        await buildInEngine(engine, await createBaseTree({ libc, cacheDir: CACHE, core }), image);
        const { size, labels } = await engine.inspectImage(image);
        expect(labels).toMatchObject({ "io.hass.type": "app", "io.hass.version": "1.2.3" });
        process.stderr.write(`  ${libc}: the image has ${(size / 1e6).toFixed(0)} MB\n`);
      }, BUILD_MS);

      test("becomes healthy, sends and receives, shows its page, can be backed up, and ends with exit code 0", async () => {
        await using house = await startContainerHouse(engine);
        await house.start(image);
        process.stderr.write(`  ${libc}: healthy after ${await house.healthy()} ms\n`);
        expect(await house.exec("cat", "/proc/1/cmdline")).toMatch(/^\/sbin\/docker-init/);
        // PyPI gets a version of Node for musl later than others, so the version may be older.
        expect(await house.exec("node", "--version")).toMatch(
          libc === "glibc" ? `v${testedNode()}` : /^v24\./,
        );

        const message = { from: THEIRS, to: OURS, body: "to the house" };
        expect((await house.twilio.receiveMessage(message)).status).toBe(200);
        await vi.waitFor(() => expect(house.received()).toContain("to the house"));
        const payload = { to: THEIRS, message: "from the house" };
        const request = { request_id: "req_1", command: "send_message", timeout: 60, payload };
        house.home.emit("twilio_request", request);
        await vi.waitFor(() => expect(house.result("req_1")).toMatchObject({ ok: true }));
        expect(house.twilio.messages().map(({ body }) => body)).toContain("from the house");

        const headers = { cookie: house.supervisor.openIngressSession({ id: "1", name: "Alice" }) };
        const page = await fetch(house.supervisor.ingressUrl, { headers });
        expect([page.status, page.headers.get("content-type")]).toEqual([
          200,
          expect.stringContaining("text/html"),
        ]);
        const refused = await house.elsewhere(image, `wget -O - http://${house.address}:8099/ 2>&1 || true`);
        expect(refused).toContain("403");

        await house.exec(...APP_CONFIG.backup_pre.split(" "));
        const inBackup = (await readdir(house.data)).filter(
          (file) => !leftOutOfBackup(join(house.data, file), APP_CONFIG.backup_exclude),
        );
        expect(inBackup).toEqual(expect.arrayContaining(["backup", journalFiles("").used, "options.json"]));

        const { code, ms } = await house.stop();
        process.stderr.write(`  ${libc}: stopped within ${ms} ms\n`);
        expect(code).toBe(0);
      });

      test("keeps a caller on the line while its container is replaced, as in an update", async () => {
        await using house = await startContainerHouse(engine);
        await house.start(image);
        await house.connected();
        const call = await house.twilio.ring({ from: THEIRS, to: OURS });
        const talk = (request_id: string, step: object): void => {
          const payload = { call: call.sid, ...step };
          house.home.emit("twilio_request", { request_id, command: "talk", timeout: 600, payload });
        };
        talk("one", { say: "One.", silence_seconds: 600 });
        await vi.waitFor(() => expect(house.result("one")).toMatchObject({ ok: true }));
        // The call's next request waits for the new container, however long that takes to start.
        await house.twilio.holdCalls(async () => {
          await house.stop();
          await house.start(image);
          await house.connected();
        });
        talk("two", { say: "Two.", then: "hang_up" });
        await call.over();
        expect(call.said).toEqual(["One.", "Two."]);
      });

      test("continues with the journal of an earlier version", async () => {
        await using house = await startContainerHouse(engine);
        await copyFile(SAMPLE, join(house.data, "journal.db"));
        await house.start(image);
        await vi.waitFor(() => expect(house.home.fired.length).toBeGreaterThan(0));
        expect((await readdir(house.data)).filter((name) => name.includes("damaged"))).toEqual([]);
      });

      test("fires the event of a message that it acknowledged before a kill, when its container is started again as by the watchdog", async () => {
        await using house = await startContainerHouse(engine);
        await house.start(image);
        await house.connected();
        house.home.behaviour.ignoreEvents = true;
        await house.twilio.receiveMessage({ from: THEIRS, to: OURS, body: "accepted" });
        await house.kill();
        house.home.behaviour.ignoreEvents = false;
        const before = house.received().length;
        await house.startAgain();
        await vi.waitFor(() => expect(house.received().slice(before)).toContain("accepted"));
      });
    });
  }),
);

function testedNode(): string {
  const { packages } = rootYaml<{ packages: Record<string, { version: string }> }>("package-lock.json");
  return packages["node_modules/node"]?.version ?? "";
}
