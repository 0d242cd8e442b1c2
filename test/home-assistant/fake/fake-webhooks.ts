import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

/** A webhook that a client listens to by `subscribe_trigger`. */
export interface WebhookTrigger {
  readonly platform: "webhook";
  readonly webhook_id: string;
  readonly allowed_methods: readonly string[];
  readonly local_only: boolean;
}

/** A cloudhook as Home Assistant Cloud stores it. */
export interface FakeCloudhook {
  readonly webhook_id: string;
  readonly cloudhook_id: string;
  readonly cloudhook_url: string;
  readonly managed: boolean;
}

/** The addresses at which Home Assistant can be reached from outside. */
export interface OutsideAddresses {
  /** The external URL that the user has set, or null. */
  externalUrl: string | null;
  /** Whether somebody is logged in to Home Assistant Cloud. */
  isCloudLoggedIn: boolean;
  /** Whether Home Assistant is connected to Home Assistant Cloud while somebody is logged in. */
  isCloudConnected: boolean;
  /** The ID of the user to whom the token belongs. */
  userId: string;
  /** The cloudhooks by the IDs of their webhooks. A logout does not change them. */
  readonly cloudhooks: Map<string, FakeCloudhook>;
}

/** Core's error code for a command that failed unexpectedly, such as a second cloudhook for one webhook. */
const UNEXPECTED = "502";

type Answer = { readonly result: unknown } | { readonly code: string };

export interface FakeWebhooksOptions {
  readonly url: () => string;
  /** The webhooks to which any client listens. */
  readonly triggers: () => readonly WebhookTrigger[];
  /** Passes the data of a posted webhook to the clients that listen to it. */
  readonly onPosted: (webhookId: string, variables: object) => void;
}

/** Home Assistant's webhooks, cloudhooks and addresses as Core gives them. */
export function createFakeWebhooks({ url, triggers, onPosted }: FakeWebhooksOptions) {
  const outside: OutsideAddresses = {
    externalUrl: null,
    isCloudLoggedIn: false,
    isCloudConnected: true,
    userId: "0123456789abcdef0123456789abcdef",
    cloudhooks: new Map(),
  };

  function cloudStatus(): object {
    const common = { auto_login: null, http_use_ssl: false };
    if (!outside.isCloudLoggedIn) return { ...common, logged_in: false, cloud: "disconnected" };
    return {
      ...common,
      logged_in: true,
      active_subscription: true,
      cloud: outside.isCloudConnected ? "connected" : "connecting",
      prefs: { cloudhooks: Object.fromEntries(outside.cloudhooks) },
    };
  }

  function createCloudhook(webhookId: string): Answer {
    if (!outside.isCloudLoggedIn) return { code: "not_logged_in" };
    if (!outside.isCloudConnected || outside.cloudhooks.has(webhookId)) return { code: UNEXPECTED };
    const id = randomBytes(16).toString("hex");
    const cloudhook = {
      webhook_id: webhookId,
      cloudhook_id: id,
      cloudhook_url: `${url()}/cloudhook/${id}`,
      managed: false,
    };
    outside.cloudhooks.set(webhookId, cloudhook);
    return { result: cloudhook };
  }

  function deleteCloudhook(webhookId: string): Answer {
    if (!outside.isCloudLoggedIn) return { code: "not_logged_in" };
    return outside.cloudhooks.delete(webhookId) ? { result: null } : { code: UNEXPECTED };
  }

  /** The webhook of a cloudhook's URL, or undefined if Home Assistant Cloud cannot pass requests on. */
  function webhookBehind(cloudhookId: string): string | undefined {
    if (!outside.isCloudLoggedIn || !outside.isCloudConnected) return undefined;
    return [...outside.cloudhooks.values()].find(({ cloudhook_id: id }) => id === cloudhookId)?.webhook_id;
  }

  return {
    outside,
    /** The answer to a command about webhooks, or null for any other command. */
    answer(message: Readonly<Record<string, unknown>>): Answer | null {
      const id = String(message["webhook_id"]);
      switch (message["type"]) {
        case "auth/current_user":
          return { result: { id: outside.userId, name: "Supervisor", is_admin: true } };
        case "webhook/list":
          return {
            result: triggers().map((trigger) => ({
              webhook_id: trigger.webhook_id,
              domain: "websocket_api",
              name: "Webhook trigger",
              local_only: trigger.local_only,
              allowed_methods: trigger.allowed_methods,
            })),
          };
        case "cloud/status":
          return { result: cloudStatus() };
        case "cloud/cloudhook/create":
          return createCloudhook(id);
        case "cloud/cloudhook/delete":
          return deleteCloudhook(id);
        default:
          return null;
      }
    },
    /**
     * Answers a request for a webhook, with 200 even if no client listens, as Core does. Returns false for other
     * requests.
     */
    serve(request: IncomingMessage, response: ServerResponse): boolean {
      const [, kind, id] = /^\/(api\/webhook|cloudhook)\/(\w+)$/.exec(request.url ?? "") ?? [];
      if (kind === undefined || id === undefined) return false;
      const webhookId = kind === "cloudhook" ? webhookBehind(id) : id;
      void text(request).then((body) => {
        if (webhookId === undefined) return response.writeHead(404).end();
        const allowed = triggers().find((one) => one.webhook_id === webhookId)?.allowed_methods ?? [];
        const isJson = (request.headers["content-type"] ?? "").includes("json");
        const trigger = { platform: "webhook", webhook_id: webhookId };
        if (isJson && allowed.includes(request.method ?? ""))
          onPosted(webhookId, { trigger: { ...trigger, json: JSON.parse(body) } });
        const type = kind === "cloudhook" ? { "content-type": "application/octet-stream" } : {};
        return response.writeHead(200, type).end();
      });
      return true;
    },
  };
}
