import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { describe, expect, test } from "vitest";
import { parse } from "yaml";

import { parseOptions } from "../../src/options/parse-options.ts";
import { APP_CONFIG } from "../packaging/app-config.ts";
import { ROOT, rootFile, rootYaml } from "../packaging/root-file.ts";
import { writeOptions } from "../supervisor/write-options.ts";
import { startTwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import { checkTwiml } from "../twilio-simulator/twiml/check-twiml.ts";
import { startScriptedApp } from "../twilio-simulator/webhooks/start-scripted-app.ts";
import { placeOf } from "./code-blocks.ts";
import { MIGRATION_GUIDE, readBlocks, readDocuments } from "./documents.ts";
import { nameIn, readTable } from "./read-table.ts";

const CREDENTIALS = { account_sid: `AC${"0".repeat(32)}`, auth_token: "f".repeat(32) };

/** The possible purposes of a block for each language. `other` is the configuration of another program. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  yaml: ["automation", "actions", "options", "configuration", "event", "response", "compose", "other"],
  json: ["options"],
  ini: ["env", "systemd"],
  xml: ["twiml"],
};

const documents = readDocuments();
const blocks = readBlocks();
const textOf = (file: string): string => documents.find((one) => one.file === file)?.text ?? "";

test("every block of YAML, JSON, XML or variables in the documents, except for the migration guide, names a purpose that its language allows", () => {
  const ours = blocks.filter(({ file, language }) => file !== MIGRATION_GUIDE && language in KINDS);
  expect(ours.length).toBeGreaterThan(20);
  const unknown = ours.filter(({ language, kind }) => KINDS[language]?.includes(kind) !== true);
  expect(unknown.map(placeOf)).toEqual([]);
});

test("each YAML block of the migration guide has a title, so that a test can find the block", () => {
  const runner = ["scenarios/documents/migration.test.ts", "house/documents/migration-guide.ts"]
    .map((file) => rootFile(`test/real-core/${file}`))
    .join("\n");
  const titles = blocks
    .filter(({ file }) => file === MIGRATION_GUIDE)
    .map(({ text }) => /^# (.+)/.exec(text)?.[1]);
  expect(titles.length).toBeGreaterThan(0);
  for (const title of titles) expect(runner).toContain(`yamlOfGuide("${title}")`);
});

describe("YAML of the app's options in the documents", () => {
  const options = blocks.filter(({ kind }) => kind === "options");

  test.each(options.map((block) => [placeOf(block), block] as const))(
    "is valid for Supervisor and for the app: %s",
    async (_place, { text }) => {
      const given = parse(text) as Record<string, unknown>;
      const parsed = parseOptions({ ...CREDENTIALS, ...given });
      expect(parsed).toMatchObject({ ok: true, warnings: [] });
      await using undo = new AsyncDisposableStack();
      const directory = await mkdtemp(join(tmpdir(), "twilio-docs-"));
      undo.defer(() => rm(directory, { recursive: true }));
      const file = join(directory, "options.json");
      expect(await writeOptions(file, { ...CREDENTIALS, ...given })).toEqual([]);
    },
  );
});

test("callers hear the documented fallback TwiML while the app does not answer", async () => {
  await using twilio = await startTwilioSimulator({ retryAfterMs: 1 });
  await using bin = await startScriptedApp(twilio.authToken);
  const [xml, ...others] = blocks.filter(({ kind }) => kind === "twiml").map(({ text }) => text);
  expect(others).toEqual([]);
  bin.on("/webhook", 503);
  bin.on("/bin", xml ?? "");
  twilio.setWebhooks({ voice: { url: `${bin.url}/webhook`, fallbackUrl: `${bin.url}/bin` } });
  const call = await twilio.ring({ from: "+12125550123", to: "+15005550006" });
  await call.over();
  expect(call.said).toEqual([expect.stringContaining("cannot be reached")]);
  expect(checkTwiml(xml ?? "")).toEqual([]);
});

test("DOCS.md shows the YAML of addon/notify.yaml", () => {
  const shown = blocks
    .filter(({ file, kind }) => file === "DOCS.md" && kind === "configuration")
    .map(({ text }) => parse(text) as unknown);
  expect(shown).toContainEqual(rootYaml("addon/notify.yaml"));
});

test("the README contains the commands for installing, testing and the demo", () => {
  const commands = blocks.filter(({ file, language }) => file === "README.md" && language === "sh");
  expect(commands.map(({ text }) => text)).toEqual([
    "npm install && npm run demo\n",
    "npm install && npm test\n",
  ]);
});

test("the first eight lines of DOCS.md contain the steps for the first message in each direction", () => {
  const lines = textOf("DOCS.md").split("\n").slice(0, 8).join("\n");
  for (const word of [
    "[add]",
    "Account SID",
    "Auth Token",
    "**Start**",
    "**Open Web UI**",
    "**Send**",
    "Answer",
  ])
    expect(lines).toContain(word);
});

describe("links in the documents", () => {
  const links = documents.flatMap(({ file, text }) =>
    [...text.matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)/gm)].map(
      ([, inline, reference]) => [file, inline ?? reference ?? ""] as const,
    ),
  );
  const inRepository = links.filter(([, target]) => !/^https?:/.test(target));

  test("never lead from DOCS.md to a file of the repository, because Home Assistant shows DOCS.md without these files", () => {
    expect(inRepository.filter(([file]) => file === "DOCS.md")).toEqual([]);
  });

  test.each(inRepository)("lead to a file and heading that exist: from %s to %s", (file, target) => {
    const [path = "", anchor] = target.split("#");
    const found = path === "" ? file : join(dirname(file), path);
    expect(existsSync(join(ROOT, found))).toBe(true);
    expect(anchor === undefined || anchorsIn(textOf(found)).includes(anchor)).toBe(true);
  });

  test("to the repository contain its URL and the name of an existing file", () => {
    const { url } = APP_CONFIG;
    const owner = url.split("/").slice(0, -1).join("/");
    const own = links.filter(([, target]) => target.startsWith(`${owner}/`));
    expect(own.length).toBeGreaterThan(0);
    for (const [, target] of own) {
      const [, path = "", anchor] = new RegExp(`^${url}/blob/main/([^#]+)(?:#(.+))?$`).exec(target) ?? [];
      expect([target, path !== "" && existsSync(join(ROOT, path))]).toEqual([target, true]);
      expect([target, anchor === undefined || anchorsIn(textOf(path)).includes(anchor)]).toEqual([
        target,
        true,
      ]);
    }
  });
});

test("docs/without-supervisor.md sets only variables that its table describes", () => {
  const guide = textOf("docs/without-supervisor.md");
  const documented = readTable(guide, ["variable", "meaning", "without it"]).map(([name]) => nameIn(name));
  const set = blocks
    .filter(
      ({ file, kind }) => file.endsWith("/without-supervisor.md") && /env|systemd|compose|node/.test(kind),
    )
    .flatMap(({ text }) => [...text.matchAll(/^ *(?:Environment=)?([A-Z_]+)(?:=|: )|([A-Z_]+)=/gm)])
    .map(([, first, later]) => first ?? later);
  expect(set).toContain("PANEL_PASSWORD");
  expect(set.filter((name) => !documented.includes(name ?? ""))).toEqual([]);
});

/** The anchors that GitHub makes from headings. */
function anchorsIn(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
}
