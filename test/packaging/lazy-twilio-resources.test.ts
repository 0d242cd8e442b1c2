import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";

import { lazyTwilioResources } from "../../scripts/bundle/lazy-twilio-resources.ts";
import * as unbundled from "../../src/twilio/rest/twilio-hosts.ts";

type Hosts = Pick<typeof unbundled, "Api" | "Messaging" | "Monitor" | "Serverless" | "Voice">;

const SID = `AC${"0".repeat(32)}`;

let directory: string;
let bundle: string;
let bundled: Hosts;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "lazy-twilio-"));
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "../../src/twilio/rest/twilio-hosts.ts")],
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    plugins: [lazyTwilioResources()],
  });
  bundle = outputFiles[0]?.text ?? "";
  const file = join(directory, "twilio-hosts.mjs");
  await writeFile(file, bundle);
  bundled = (await import(pathToFileURL(file).href)) as Hosts;
});
afterAll(() => rm(directory, { recursive: true }));

/** The requests of some resources of all hosts, with their parameters and answers. */
async function requestsOf({ Api, Messaging, Monitor, Serverless, Voice }: Hosts): Promise<unknown[]> {
  const requests: unknown[] = [];
  const client = {
    accountSid: SID,
    request(asked: object) {
      requests.push(asked);
      return Promise.resolve({ statusCode: 200, body: { sid: "from Twilio", messages: [], alerts: [] } });
    },
  };
  const { account } = new Api(client).v2010;
  requests.push((await account.messages.create({ to: "+12125550123", body: "Hello" })).sid);
  requests.push((await account.calls("CA1").update({ status: "completed" })).sid);
  await account.messages.list({ limit: 20 });
  await account.messages("SM1").media("ME1").fetch();
  await new Messaging(client).v1.services("MG1").phoneNumbers("PN1").fetch();
  await new Monitor(client).v1.alerts.list({ limit: 20 });
  await new Serverless(client).v1.services("ZS1").fetch();
  await new Voice(client).v1.dialingPermissions.countries("US").fetch();
  return requests;
}

test("the bundle sends the same requests as Twilio's own code, and understands the same answers", async () => {
  expect(await requestsOf(bundled)).toEqual(await requestsOf(unbundled));
});

test("the bundle loads the classes of a Twilio resource only when they are first used", () => {
  expect(bundle).toMatch(/\(0, require_message\d*\(\)\.MessageListInstance\)\(/);
  expect(bundle).not.toMatch(/^\s*(?:var|const) \w+ = require_(?:account|call|message|sip|service)\d*\(\);/m);
});
