import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";

import { MY_NUMBER, TWILIO_NUMBER } from "../../../../demo/numbers.ts";
import { PUBLIC_URL } from "../../../app/start-test-app.ts";
import type { CodeBlock } from "../../../docs/code-blocks.ts";
import { startDocumentedProcess } from "../../../docs/start-documented-process.ts";
import { readDockerfile } from "../../../packaging/read-dockerfile.ts";
import { ROOT } from "../../../packaging/root-file.ts";
import { accountOptions } from "../../../twilio-simulator/account-options.ts";
import type { DocsHouse } from "./start-docs-house.ts";

interface Service {
  readonly init: boolean;
  readonly ports: readonly string[];
  readonly volumes: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts the processes of docs/without-supervisor.md in the documented way, beside the same Core. */
export function testDocumentedProcesses(blocks: readonly CodeBlock[], house: () => DocsHouse): void {
  describe("the steps of docs/without-supervisor.md", () => {
    let directory: string;

    beforeAll(async () => {
      await house().stopApp();
      directory = await mkdtemp(join(tmpdir(), "twilio-unsupervised-"));
      const dist = join(directory, "dist");
      await promisify(execFile)(process.execPath, ["scripts/build.ts", dist], { cwd: ROOT });
      return () => rm(directory, { recursive: true });
    });

    const blockOf = (kind: string, language: string): string => {
      const found = blocks.filter((block) => block.kind === kind && block.language === language);
      expect(found).toHaveLength(1);
      return found[0]?.text ?? "";
    };

    /** The documented options, with the account and the URLs of the test. */
    const options = (): string => {
      const documented = parse(blockOf("options", "json")) as object;
      const own = { ...accountOptions(house().twilio), public_url: PUBLIC_URL };
      return JSON.stringify({ ...documented, ...own });
    };

    /** Runs a documented command. A message must become an event, and the panel must ask for the password. */
    async function livesThrough(line: string, cwd: string, env: Record<string, string>): Promise<void> {
      const { client, twilio } = house();
      await using app = startDocumentedProcess(line, { cwd, env });
      const [, webhookPort] = await app.logged(/Listening for Twilio on port (\d+)/);
      const [, panelPort] = await app.logged(
        /The app's page is on port (\d+), for everybody who knows PANEL_PASSWORD/,
      );
      await app.logged(/Connected to Home Assistant/);

      const deliverTo = `http://127.0.0.1:${webhookPort}/webhook`;
      twilio.setWebhooks({ sms: { url: `${PUBLIC_URL}/webhook`, deliverTo } });
      await using events = await client.events("twilio_data_received");
      const body = `Without Supervisor ${Math.random()}`;
      await twilio.receiveMessage({ from: MY_NUMBER, to: TWILIO_NUMBER, body });
      const { data } = await events.next(({ data: { Body } }) => Body === body);
      expect(data).toMatchObject({ contact: "Alice" });

      const page = `http://127.0.0.1:${panelPort}/`;
      const authorization = `Basic ${btoa("anybody:a_long_password")}`;
      expect((await fetch(page)).status).toBe(401);
      expect((await fetch(page, { headers: { authorization } })).status).toBe(200);

      await app[Symbol.asyncDispose]();
      expect(await app.ended).toBe(0);
      expect(app.lines.filter((text) => / (WARNING|ERROR) /.test(text))).toEqual([]);
    }

    test("start the app with the service of the compose file, with its environment and the image's command", async () => {
      const { services } = parse(blockOf("compose", "yaml")) as { services: { twilio: Service } };
      const { init, ports, volumes, environment } = services.twilio;
      expect({ init, volumes }).toEqual({ init: true, volumes: ["./data:/data"] });
      expect(ports).toEqual(["8080:8080", "8099:8099"]);

      const data = join(directory, "data");
      await mkdir(data);
      await writeFile(join(data, "options.json"), options());
      const secrets = Object.fromEntries(
        blockOf("env", "ini")
          .trim()
          .split("\n")
          .map((text) => text.split("=", 2)),
      ) as Record<string, string>;
      const env = Object.entries(environment).map(([name, value]) => [
        name,
        value
          .replace(/\$\{(\w+)\}/, (_whole, secret: string) => secrets[secret] ?? "")
          .replace(/^\/data\b/, data),
      ]);
      const command = readDockerfile().at(-1)?.command ?? [];
      await livesThrough(command.join(" "), join(directory, "dist"), inTest(Object.fromEntries(env)));
    });

    test("start the app with the documented node command, unchanged", async () => {
      await writeFile(join(directory, "options.json"), options());
      const { url, token } = house().core;
      const line = blockOf("node", "sh")
        .replace("http://homeassistant.local:8123", url)
        .replace("your_long_lived_token", token);
      expect(line).toMatch(/^\w+=\S+ (\w+=\S+ )+node .*dist\/main\.mjs\n$/);
      await livesThrough(line, directory, PORTS);
    });

    /** The documented environment variables, with the URL, token and free ports of this test. */
    function inTest(env: Readonly<Record<string, string>>): Record<string, string> {
      const { url, token } = house().core;
      expect(env).toMatchObject({ HOME_ASSISTANT_TOKEN: "your_long_lived_token" });
      return { ...env, HOME_ASSISTANT_URL: url, HOME_ASSISTANT_TOKEN: token, ...PORTS };
    }
  });
}

const PORTS = { WEBHOOK_PORT: "0", PANEL_PORT: "0", LISTEN_HOST: "127.0.0.1" };
