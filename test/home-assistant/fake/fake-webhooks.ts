import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

/** A webhook that a client listens to by `subscribe_trigger`. */
export interface WebhookTrigger {
  readonly platform: "webhook";
  readonly webhook_id: string;
  readonly allowed_methods: readonly string[];
  readonly local_only: boolean;
}

/** What Home Assistant knows of its addresses from outside. */
export interface OutsideAddresses {
  /** Set by the user; null for none. */
  externalUrl: string | null;
  /** Whether Home Assistant Cloud is logged in. */
  isCloudLoggedIn: boolean;
  /** Of the user that the token belongs to. */
  userId: string;
  /** By the ids of webhooks. */
  readonly cloudhooks: Map<string, string>;
}

export interface FakeWebhooksOptions {
  readonly url: () => string;
  /** Those of every client. */
  readonly triggers: () => readonly WebhookTrigger[];
  /** What was posted goes to whoever listens. */
  readonly onPosted: (webhookId: string, variables: object) => void;
}

/** Home Assistant's webhooks, cloudhooks and addresses as Core gives them. */
export function createFakeWebhooks({ url, triggers, onPosted }: FakeWebhooksOptions) {
  const outside: OutsideAddresses = {
    externalUrl: null,
    isCloudLoggedIn: false,
    userId: "0123456789abcdef0123456789abcdef",
    cloudhooks: new Map(),
  };

  function cloudStatus(): object {
    const hooks = [...outside.cloudhooks].map(([id, cloudhook]) => [id, { cloudhook_url: cloudhook }]);
    return outside.isCloudLoggedIn
      ? { logged_in: true, active_subscription: true, prefs: { cloudhooks: Object.fromEntries(hooks) } }
      : { logged_in: false, cloud: "disconnected" };
  }

  return {
    outside,
    /** The result of a command about webhooks; null for any other command or a refused one. */
    answer(message: Readonly<Record<string, unknown>>): { readonly result: unknown } | null {
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
          if (!outside.isCloudLoggedIn) return null;
          outside.cloudhooks.set(id, `${url()}/cloudhook/${id}`);
          return { result: { webhook_id: id, cloudhook_id: id, cloudhook_url: outside.cloudhooks.get(id) } };
        case "cloud/cloudhook/delete":
          return outside.cloudhooks.delete(id) ? { result: {} } : null;
        default:
          return null;
      }
    },
    /** False where a request is for no webhook. Core answers 200 also where nobody listens. */
    serve(request: IncomingMessage, response: ServerResponse): boolean {
      const [, kind, id] = /^\/(api\/webhook|cloudhook)\/(\w+)$/.exec(request.url ?? "") ?? [];
      if (kind === undefined || id === undefined) return false;
      const isKnown = kind === "api/webhook" || outside.cloudhooks.has(id);
      void text(request).then((body) => {
        const allowed = triggers().find(({ webhook_id: known }) => known === id)?.allowed_methods ?? [];
        const isTaken = isKnown && allowed.includes(request.method ?? "");
        if (isTaken && (request.headers["content-type"] ?? "").includes("json"))
          onPosted(id, { trigger: { platform: "webhook", webhook_id: id, json: JSON.parse(body) } });
        response.writeHead(200).end();
      });
      return true;
    },
  };
}
