import * as z from "zod";

import type { HouseWebhook } from "../../setup/relay/ports.ts";
import type { HomeAssistantConnection } from "../connection/connect.ts";
import { HomeAssistantRefusedError } from "../connection/errors.ts";

type Request = HomeAssistantConnection["request"];

const cloudSchema = z.object({
  logged_in: z.boolean(),
  active_subscription: z.boolean().catch(false),
  prefs: z
    .object({ cloudhooks: z.record(z.string(), z.object({ cloudhook_url: z.string() })).catch({}) })
    .catch({ cloudhooks: {} }),
});
type CloudStatus = z.infer<typeof cloudSchema>;

const createdSchema = z.object({ cloudhook_url: z.string() });
const configSchema = z.object({ external_url: z.string().nullish() });
const userSchema = z.object({ id: z.string().min(1) });
const listSchema = z.array(
  z.object({
    webhook_id: z.string(),
    domain: z.string(),
    local_only: z.boolean().nullable(),
    allowed_methods: z.array(z.string()),
  }),
);

/** If a WebSocket client subscribes to the trigger of a webhook, Core lists this webhook under this domain. */
const OWN_DOMAIN = "websocket_api";

/**
 * Creates the part of the app that finds and creates public URLs for the webhook to which the relay (the app's program
 * at Twilio) posts.
 */
export function createHouseWebhook(request: Request): HouseWebhook {
  /**
   * Asks for the state of Home Assistant Cloud. Resolves with null if the cloud is not loaded, or if the user is not
   * logged in or has no active subscription.
   */
  async function cloud() {
    const status = await unlessRefused(() => request({ type: "cloud/status" }));
    const parsed = cloudSchema.safeParse(status);
    return parsed.success && parsed.data.logged_in && parsed.data.active_subscription ? parsed.data : null;
  }

  /** The URL of the cloudhook; null if Core refuses to create one. */
  async function cloudhook({ prefs }: CloudStatus, webhookId: string): Promise<string | null> {
    const known = prefs.cloudhooks[webhookId]?.cloudhook_url;
    if (known !== undefined) return known;
    const created = await unlessRefused(() =>
      request({ type: "cloud/cloudhook/create", webhook_id: webhookId }),
    );
    const parsed = createdSchema.safeParse(created);
    return parsed.success ? parsed.data.cloudhook_url : null;
  }

  return {
    async installationId() {
      return userSchema.parse(await request({ type: "auth/current_user" })).id;
    },
    async address(webhookId) {
      const status = await cloud();
      const hook = status === null ? null : await cloudhook(status, webhookId);
      if (hook !== null) return { kind: "cloudhook", url: hook };
      const { external_url: base } = configSchema.parse(await request({ type: "get_config" }));
      if (!base) return status === null ? "no_address" : "no_cloudhook";
      return { kind: "external_url", url: `${base.replace(/\/+$/, "")}/api/webhook/${webhookId}` };
    },
    async hasAddress() {
      if ((await cloud()) !== null) return "cloudhook";
      const { external_url: base } = configSchema.parse(await request({ type: "get_config" }));
      return base ? "external_url" : null;
    },
    async isRegistered(webhookId) {
      const all = listSchema.parse(await request({ type: "webhook/list" }));
      const own = all.find(({ webhook_id: id }) => id === webhookId);
      return own?.domain === OWN_DOMAIN && own.local_only === false && own.allowed_methods.includes("POST");
    },
    async remove(webhookId) {
      if ((await cloud())?.prefs.cloudhooks[webhookId] === undefined) return;
      await unlessRefused(() => request({ type: "cloud/cloudhook/delete", webhook_id: webhookId }));
    },
  };
}

/** Resolves with Core's answer; null if Core refuses the request. Rejects if Home Assistant does not answer. */
async function unlessRefused(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof HomeAssistantRefusedError) return null;
    throw error;
  }
}
