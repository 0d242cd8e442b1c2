import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { createConfigDirectory } from "../test/real-core/config-directory.ts";
import { connectToCore } from "../test/real-core/core-client.ts";
import type { CoreInstallation } from "../test/real-core/core-installation.ts";
import { startCore } from "../test/real-core/start-core.ts";
import { ACCOUNT_SID, AUTH_TOKEN, TWILIO_NUMBER } from "./bench-account.ts";
import type { WebhookTarget } from "./webhook-request.ts";

const WEBHOOK_ID = "c0".repeat(32);

/** Both sides hear the same event: each automation works for the app and for Core's integration. */
const AUTOMATIONS = ["timed", "counted"]
  .map(
    (text) => `
- alias: "${text}"
  mode: parallel
  max: 10000
  triggers: [{trigger: event, event_type: twilio_data_received, event_data: {Body: "${text}"}}]
  actions: [{event: bench_${text}, event_data: {sid: "{{ trigger.event.data.MessageSid }}"}}]
`,
  )
  .join("");

/** A real Core with its own Twilio integration set up, both ways. */
export interface BenchCore extends AsyncDisposable {
  readonly url: string;
  readonly token: string;
  /** The webhook of Core's own integration. */
  readonly target: WebhookTarget;
  /** Ends it and starts it again; resolves when it runs. */
  restart(): Promise<void>;
  /** The messages for which an automation has run, over restarts. */
  counted(): Promise<ReadonlySet<string>>;
}

/** Starts it, logging no more than Core does by default. */
export async function startBenchCore(installation: CoreInstallation, twilioUrl: string): Promise<BenchCore> {
  const directory = await createConfigDirectory(installation);
  await writeConfigEntry(directory);
  await cp(join(import.meta.dirname, "bench_tools"), join(directory, "custom_components/bench_tools"), {
    recursive: true,
  });
  const core = await startCore({
    installation,
    directory,
    automations: AUTOMATIONS,
    configuration: `
bench_tools: {twilio_url: "${twilioUrl}"}
twilio: {account_sid: ${ACCOUNT_SID}, auth_token: "${AUTH_TOKEN}"}
notify:
  - {platform: twilio_sms, name: core_sms, from_number: "${TWILIO_NUMBER}"}
  - {platform: group, name: app_sms, services: []}
`,
  });
  await logAsByDefault(core);
  return {
    url: core.url,
    token: core.token,
    target: { port: Number(new URL(core.url).port), path: `/api/webhook/${WEBHOOK_ID}`, signed: false },
    async restart() {
      await core.restart();
      await logAsByDefault(core);
    },
    async counted() {
      return new Set((await readFile(join(directory, "counted.txt"), "utf8")).split("\n"));
    },
    async [Symbol.asyncDispose]() {
      await core[Symbol.asyncDispose]();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The harness lets Core log more than it does by default, which would slow it down. */
async function logAsByDefault(core: { readonly url: string; readonly token: string }): Promise<void> {
  await using client = await connectToCore(core.url, core.token);
  await client.callService("logger", "set_default_level", { level: "warning" });
}

/** What the config flow leaves behind. The flow itself cannot run: it imports Home Assistant Cloud. */
async function writeConfigEntry(directory: string): Promise<void> {
  const now = new Date().toISOString();
  const entry = {
    entry_id: "01BENCH0000000000000000000",
    version: 1,
    minor_version: 1,
    domain: "twilio",
    title: "Twilio Webhook",
    data: { webhook_id: WEBHOOK_ID, cloudhook: false },
    options: {},
    pref_disable_new_entities: false,
    pref_disable_polling: false,
    source: "user",
    unique_id: null,
    disabled_by: null,
    discovery_keys: {},
    subentries: [],
    created_at: now,
    modified_at: now,
  };
  const store = { version: 1, minor_version: 5, key: "core.config_entries", data: { entries: [entry] } };
  await mkdir(join(directory, ".storage"), { recursive: true });
  await writeFile(join(directory, ".storage/core.config_entries"), JSON.stringify(store));
}
