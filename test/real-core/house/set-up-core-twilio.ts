import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const WEBHOOK_ID = "c0".repeat(32);

/** The ID of the config entry of Core's own Twilio integration. */
export const TWILIO_ENTRY_ID = "01COREOWNTW1L1000000000000";

export interface CoreTwilio {
  /** The path at which Core's own integration receives webhooks. */
  readonly webhookPath: string;
  /** YAML that makes the integration's client send its requests to `twilioUrl`. */
  readonly configuration: string;
}

/** Sets up Core's own Twilio integration for webhooks and for sending, in a new configuration directory. */
export async function setUpCoreTwilio(directory: string, twilioUrl: string): Promise<CoreTwilio> {
  await writeConfigEntry(directory);
  const component = "twilio_stand_in";
  await cp(join(import.meta.dirname, component), join(directory, "custom_components", component), {
    recursive: true,
  });
  return {
    webhookPath: `/api/webhook/${WEBHOOK_ID}`,
    configuration: `${component}: {url: "${twilioUrl}"}\n`,
  };
}

/**
 * Writes the config entry that the config flow would create. The flow cannot run, because it imports Home Assistant
 * Cloud.
 */
async function writeConfigEntry(directory: string): Promise<void> {
  const now = new Date().toISOString();
  const entry = {
    entry_id: TWILIO_ENTRY_ID,
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
