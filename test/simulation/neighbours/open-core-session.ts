import { serviceRefusal } from "../../home-assistant/fake/service-refusal.ts";
import { isWebhookTrigger, triggerMessage } from "../../home-assistant/fake/trigger-message.ts";
import type { Subscription } from "../../home-assistant/fake/trigger-message.ts";
import { ALARM_CONTACTS } from "../alarms/alarm-people.ts";
import type { Life } from "../machine/life.ts";
import type { ServerSocket } from "../network/messages.ts";
import type { CoreBehaviour } from "./home-assistant.ts";
import { HOUSE } from "./relay.ts";

type Data = Readonly<Record<string, unknown>>;
type Message = Data & { readonly id: number; readonly type: string };

/** Runs for each event that Core puts on its bus. `sentAt` is when the app sent it, in milliseconds of the run. */
export type OnFired = (type: string, data: Data, sentAt: number) => void;

/** Runs for each event that Core refuses. Returns a function to call when the app learns of the refusal. */
export type OnRefused = (type: string, data: Data) => () => void;

export interface CoreSession {
  hear(text: string, sentAt: number): void;
  /** Sends an event to the app, if it has subscribed to it. */
  emit(type: string, data: Data, onReceived: (life: Life) => void): void;
  /** Passes the content of a posted webhook to the app, if the app listens to it. */
  postToWebhook(id: string, json: unknown, onReceived: () => void): void;
}

export interface CoreSessionOptions {
  readonly socket: ServerSocket;
  readonly behaviour: Readonly<CoreBehaviour>;
  /** Whether a frame gets through. */
  readonly passes: () => boolean;
  readonly wall: () => number;
  readonly onFired: OnFired;
  readonly onRefused: OnRefused;
  /** Runs for each push notification to a phone. */
  readonly onPush: (service: string, data: unknown) => void;
}

const NOTIFIERS: readonly string[] = [
  "twilio_sms",
  ...ALARM_CONTACTS.flatMap(({ push }) => (push === undefined ? [] : [push])),
];
const CONFIG = {
  version: "2026.11.1",
  country: "US",
  language: "en",
  time_zone: "UTC",
  components: ["api"],
  external_url: HOUSE,
};

/** One connection of the app to Core. Source: developers.home-assistant.io/docs/api/websocket */
export function openCoreSession(options: CoreSessionOptions): CoreSession {
  const { socket, behaviour, passes } = options;
  const subscriptions = new Map<number, Subscription>();
  send({ type: "auth_required", ha_version: CONFIG.version });

  function send(message: object, onReceived?: (life: Life) => void): void {
    if (passes()) socket.send(JSON.stringify(message), onReceived);
  }

  function succeed(id: number, result: unknown = null): void {
    send({ id, type: "result", success: true, result });
  }

  function fail(id: number, code: string, onReceived?: () => void): void {
    send({ id, type: "result", success: false, error: { code, message: `refused: ${code}` } }, onReceived);
  }

  function fire(message: Message, sentAt: number): void {
    const { id } = message;
    const [type, data] = [String(message["event_type"]), message["event_data"] as Data];
    if (behaviour.refusesEvents !== null) {
      const onReceived = options.onRefused(type, data);
      return fail(id, behaviour.refusesEvents, onReceived);
    }
    options.onFired(type, data, sentAt);
    if (!behaviour.ignoresEvents) succeed(id);
  }

  function webhooks() {
    return [...subscriptions.values()].flatMap(({ id, triggers }) =>
      triggers.filter(isWebhookTrigger).map((trigger) => ({ id, trigger })),
    );
  }

  function listedWebhooks(): object[] {
    return webhooks().map(({ trigger }) => ({
      webhook_id: trigger.webhook_id,
      domain: "websocket_api",
      name: "Webhook trigger",
      local_only: trigger.local_only,
      allowed_methods: trigger.allowed_methods,
    }));
  }

  function take(message: Message, sentAt: number): void {
    const { id, type } = message;
    switch (type) {
      case "auth":
        return send({
          type: behaviour.refusesToken ? "auth_invalid" : "auth_ok",
          ha_version: CONFIG.version,
        });
      case "supported_features":
      case "unsubscribe_events":
        subscriptions.delete(Number(message["subscription"]));
        return succeed(id);
      case "ping":
        return send({ id, type: "pong" });
      case "get_config":
        return succeed(id, { ...CONFIG, state: behaviour.state === "running" ? "RUNNING" : "STARTING" });
      case "subscribe_trigger":
        subscriptions.set(id, { id, triggers: [message["trigger"]].flat() as Subscription["triggers"] });
        return succeed(id);
      case "webhook/list":
        return succeed(id, listedWebhooks());
      case "fire_event":
        return fire(message, sentAt);
      case "call_service": {
        const refusal = serviceRefusal(message, NOTIFIERS);
        const service = String(message["service"]);
        if (refusal === null && service.startsWith("mobile_app_"))
          options.onPush(service, message["service_data"]);
        return refusal === null ? succeed(id) : fail(id, refusal);
      }
      default:
        return fail(id, "unknown_command");
    }
  }

  return {
    hear(text, sentAt) {
      const parsed = JSON.parse(text) as Message | readonly Message[];
      for (const message of [parsed].flat()) take(message, sentAt);
    },
    postToWebhook(webhookId, json, onReceived) {
      for (const { id, trigger } of webhooks()) {
        if (trigger.webhook_id !== webhookId) continue;
        const variables = { trigger: { platform: "webhook", webhook_id: webhookId, json } };
        send({ id, type: "event", event: { variables, context: null } }, onReceived);
      }
    },
    emit(type, data, onReceived) {
      for (const subscription of subscriptions.values()) {
        const message = triggerMessage(subscription, type, data, new Date(options.wall()));
        if (message !== null) send(message, onReceived);
      }
    },
  };
}
