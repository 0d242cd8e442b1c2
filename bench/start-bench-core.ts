import { cp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import { createConfigDirectory } from "../test/real-core/house/core/config-directory.ts";
import { connectToCore } from "../test/real-core/house/core/core-client.ts";
import { startCore } from "../test/real-core/house/core/start-core.ts";
import { setUpCoreTwilio } from "../test/real-core/house/set-up-core-twilio.ts";
import type { CoreInstallation } from "../test/real-core/install/core-installation.ts";
import { ACCOUNT_SID, AUTH_TOKEN, TWILIO_NUMBER } from "./bench-account.ts";
import type { WebhookTarget } from "./webhook-request.ts";

/** Both sides fire the same event, so each automation works for the app and for Core's integration. */
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

/** A real Core with its own Twilio integration, for incoming and outgoing messages. */
export interface BenchCore extends AsyncDisposable {
  readonly url: string;
  readonly token: string;
  /** The webhook of Core's own integration. */
  readonly target: WebhookTarget;
  /** Restarts Core. Resolves when it runs again. */
  restart(): Promise<void>;
  /** The messages for which an automation has run, also before a restart. */
  counted(): Promise<ReadonlySet<string>>;
}

/** Starts Core with its default log level. */
export async function startBenchCore(installation: CoreInstallation, twilioUrl: string): Promise<BenchCore> {
  const directory = await createConfigDirectory(installation);
  const coreTwilio = await setUpCoreTwilio(directory, twilioUrl);
  await cp(join(import.meta.dirname, "bench_tools"), join(directory, "custom_components/bench_tools"), {
    recursive: true,
  });
  const core = await startCore({
    installation,
    directory,
    automations: AUTOMATIONS,
    configuration: `
bench_tools:
${coreTwilio.configuration}twilio: {account_sid: ${ACCOUNT_SID}, auth_token: "${AUTH_TOKEN}"}
notify:
  - {platform: twilio_sms, name: core_sms, from_number: "${TWILIO_NUMBER}"}
  - {platform: group, name: app_sms, services: []}
`,
  });
  await logAsByDefault(core);
  return {
    url: core.url,
    token: core.token,
    target: { port: Number(new URL(core.url).port), path: coreTwilio.webhookPath, signed: false },
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

/** The tests let Core log more than its default, which would slow it down here. */
async function logAsByDefault(core: { readonly url: string; readonly token: string }): Promise<void> {
  await using client = await connectToCore(core.url, core.token);
  await client.callService("logger", "set_default_level", { level: "warning" });
}
