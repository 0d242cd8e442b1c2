import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import type { WebSocket } from "ws";

import { parseExactJson } from "../../../src/domain/payload/exact-number.ts";
import { takeUpgrades } from "../../sockets/take-upgrades.ts";
import { pingAsSupervisor } from "../../supervisor/ping-as-supervisor.ts";
import type { Behaviour } from "./behaviour.ts";
import { blueprintAnswer } from "./blueprint-answer.ts";
import { configAnswer } from "./config-answer.ts";
import { createFrameWriter } from "./create-frame-writer.ts";
import { createFakeMedia } from "./fake-media.ts";
import type { FakeMedia } from "./fake-media.ts";
import { fakeUser } from "./fake-user.ts";
import { createFakeWebhooks } from "./fake-webhooks.ts";
import type { OutsideAddresses } from "./fake-webhooks.ts";
import { serveScripts } from "./serve-scripts.ts";
import { serveServices } from "./serve-services.ts";
import { serveState } from "./serve-state.ts";
import { serviceRefusal } from "./service-refusal.ts";
import { isWebhookTrigger, triggerMessage } from "./trigger-message.ts";
import type { Subscription } from "./trigger-message.ts";

/** Supervisor's answer while it cannot reach Core. */
const BAD_GATEWAY = { status: 502, type: "text/plain; charset=utf-8", text: "502: Bad Gateway" };

type Message = Readonly<Record<string, unknown>> & { readonly id: number; readonly type: string };

export interface FiredEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface FakeHomeAssistant extends AsyncDisposable {
  readonly url: string;
  readonly token: string;
  readonly behaviour: Behaviour;
  /** Events fired by the client. */
  readonly fired: FiredEvent[];
  /** Actions called by the client. */
  readonly called: { readonly domain: string; readonly service: string; readonly data: unknown }[];
  readonly received: Message[];
  /** The stored and loaded scripts, by id without `script.`. */
  readonly scripts: Map<string, Readonly<Record<string, unknown>>>;
  /** The blueprints of automations, by path. */
  readonly blueprints: Map<string, string>;
  /** The addresses of Home Assistant from outside. */
  readonly outside: OutsideAddresses;
  /** The pictures and files of Home Assistant. */
  readonly media: FakeMedia;
  /** The number of accepted sockets. */
  connections(): number;
  openSockets(): number;
  subscriptions(): number;
  /** Whether a subscription matches an event of this type, with this data if its filter has data. */
  listensTo(eventType: string, data?: Readonly<Record<string, unknown>>): boolean;
  /** The most messages in one frame. */
  longestFrame(): number;
  components: string[];
  /** Fires an event on the bus. Subscribers receive it in the form of `subscribe_trigger`. */
  emit(eventType: string, data: Readonly<Record<string, unknown>>): void;
  /** Ends each subscription with an error, like Core when it cannot encode an event. */
  breakSubscriptions(): void;
  /** Closes every socket. Without a code the connection is cut. */
  disconnect(code?: number): void;
  /** Stops like Core: every socket is closed with 1000. */
  restart(): Promise<void>;
}

/** Starts a fake of Home Assistant's WebSocket API, as far as the app uses it, on a free port. */
export async function startFakeHomeAssistant(behaviour: Behaviour = {}): Promise<FakeHomeAssistant> {
  const token = "fake-long-lived-token";
  const fired: FiredEvent[] = [];
  const called: FakeHomeAssistant["called"] = [];
  const received: Message[] = [];
  const sockets = new Map<WebSocket, Subscription[]>();
  const { send, longest } = createFrameWriter(() => behaviour.coalesce === true);
  let taken = 0;

  const { media, answer, resolve } = createFakeMedia(token);
  const scripts: FakeHomeAssistant["scripts"] = new Map();
  const blueprints: FakeHomeAssistant["blueprints"] = new Map();
  const webhooks = createFakeWebhooks({
    url: () => home.url,
    triggers: () => all().flatMap(({ triggers }) => triggers.filter(isWebhookTrigger)),
    onPosted: (id, variables) => post(id, variables),
  });
  const services = serveServices(called, token, serveScripts(scripts, token, answer));
  const others = serveState(behaviour, token, services);
  const http = createServer((request, response) => {
    if (!webhooks.serve(request, response)) others(request, response);
  });
  const upgrade = takeUpgrades(http, {
    refusalOf() {
      taken += 1;
      return behaviour.refuseUpgrade === true ? BAD_GATEWAY : null;
    },
    welcome,
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");

  const home: FakeHomeAssistant = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    token,
    behaviour,
    fired,
    called,
    received,
    media,
    outside: webhooks.outside,
    scripts,
    blueprints,
    components: ["api", "notify"],
    connections: () => taken,
    openSockets: () => upgrade.clients.size,
    subscriptions: () => all().length,
    listensTo: (eventType, data = {}) => all().some((one) => triggerMessage(one, eventType, data) !== null),
    longestFrame: longest,
    emit,
    breakSubscriptions() {
      for (const [socket, subscriptions] of sockets) {
        for (const { id } of subscriptions.splice(0)) breakSubscription(socket, id);
      }
    },
    disconnect(code) {
      // This includes sockets that have not sent a token yet.
      for (const socket of upgrade.clients) {
        if (code === undefined) socket.terminate();
        else socket.close(code);
      }
    },
    restart: async () => home.disconnect(1000),
    async [Symbol.asyncDispose]() {
      for (const socket of upgrade.clients) socket.terminate();
      http.closeAllConnections();
      http.close();
      await once(http, "close");
    },
  };
  return home;

  function welcome(socket: WebSocket): void {
    if (behaviour.ignoreClose) Object.assign(socket, { close() {} });
    if (behaviour.silent) return;
    if (behaviour.pings !== undefined) pingAsSupervisor(socket, behaviour.pings);
    socket.on("close", () => sockets.delete(socket));
    let lastId = 0;
    let isAuthenticated = false;
    socket.on("message", (data: Buffer) => {
      const text = data.toString();
      // Core's parser refuses half of a surrogate pair, which `JSON.stringify` writes as an escape.
      if (/(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(text)) return socket.close();
      for (const message of [parseExactJson(text) as Message | Message[]].flat()) {
        received.push(message);
        if (!isAuthenticated) {
          isAuthenticated = authenticate(socket, message);
        } else if (message.id <= lastId) {
          fail(socket, message.id, "id_reuse");
        } else {
          lastId = message.id;
          handle(socket, message);
        }
      }
    });
    send(socket, { type: "auth_required", ha_version: "2026.11.0" });
  }

  function authenticate(socket: WebSocket, message: Message): boolean {
    if (behaviour.authInvalid || message["access_token"] !== token) {
      send(socket, { type: "auth_invalid", message: "Invalid access" });
      socket.close();
      return false;
    }
    send(socket, { type: "auth_ok", ha_version: "2026.11.0" });
    if (behaviour.closeAfterAuth) socket.close(1000);
    else sockets.set(socket, []);
    return true;
  }

  function handle(socket: WebSocket, message: Message): void {
    const { id, type } = message;
    switch (type) {
      case "supported_features":
        return succeed(socket, id, null);
      case "ping":
        return behaviour.ignorePings ? undefined : send(socket, { id, type: "pong" });
      case "get_config": {
        const { externalUrl } = webhooks.outside;
        return succeed(socket, id, configAnswer({ behaviour, externalUrl, components: home.components }));
      }
      case "fire_event": {
        const data = (message["event_data"] ?? {}) as Record<string, unknown>;
        if (String(message["event_type"]).length > 64) return fail(socket, id, "invalid_format");
        fired.push({ type: String(message["event_type"]), data });
        if (!behaviour.ignoreEvents)
          succeed(socket, id, { context: { id: "c", parent_id: null, user_id: "u" } });
        return emit(String(message["event_type"]), data);
      }
      case "call_service": {
        const { domain, service, service_data: data } = message;
        const refusal = serviceRefusal(message, behaviour.notifyActions);
        if (refusal !== null) return fail(socket, id, refusal);
        called.push({ domain: String(domain), service: String(service), data });
        emit("call_service", { domain, service, service_data: data });
        return succeed(socket, id, { context: { id: "c", parent_id: null, user_id: "u" } });
      }
      case "subscribe_trigger": {
        if (behaviour.refuseSubscriptions) return fail(socket, id, "unknown_error");
        const triggers = [message["trigger"]].flat() as Subscription["triggers"];
        succeed(socket, id, null);
        if (!behaviour.endNextSubscription) return void sockets.get(socket)?.push({ id, triggers });
        behaviour.endNextSubscription = false;
        return breakSubscription(socket, id);
      }
      case "unsubscribe_events": {
        const list = sockets.get(socket) ?? [];
        const index = list.findIndex((one) => one.id === message["subscription"]);
        if (index >= 0) list.splice(index, 1);
        return succeed(socket, id, null);
      }
      case "media_source/resolve_media": {
        const resolved = resolve(String(message["media_content_id"]));
        return resolved === null ? fail(socket, id, "resolve_media_failed") : succeed(socket, id, resolved);
      }
      case "network/url":
        return succeed(socket, id, { internal: media.internalUrl, external: null, cloud: null });
      case "config/auth/list":
        return succeed(socket, id, behaviour.users ?? [fakeUser("owner", { is_owner: true })]);
      case "config/entity_registry/list":
        return succeed(socket, id, []);
      case "blueprint/list":
      case "blueprint/save":
      case "blueprint/substitute": {
        const made = blueprintAnswer(blueprints, message);
        return "code" in made ? fail(socket, id, made.code) : succeed(socket, id, made.result);
      }
      case "get_services":
        return fail(socket, id, "unknown_error");
      default: {
        const answered = webhooks.answer(message);
        if (answered === null) return fail(socket, id, "unknown_command");
        return "code" in answered ? fail(socket, id, answered.code) : succeed(socket, id, answered.result);
      }
    }
  }

  function all(): Subscription[] {
    return [...sockets.values()].flat();
  }

  function post(webhookId: string, variables: object): void {
    for (const [socket, subscriptions] of sockets) {
      for (const { id, triggers } of subscriptions) {
        if (triggers.some((one) => isWebhookTrigger(one) && one.webhook_id === webhookId))
          send(socket, { id, type: "event", event: { variables, context: null } });
      }
    }
  }

  function emit(eventType: string, data: Readonly<Record<string, unknown>>): void {
    for (const [socket, subscriptions] of sockets) {
      for (const subscription of subscriptions) {
        const message = triggerMessage(subscription, eventType, data);
        if (message !== null) send(socket, message);
      }
    }
  }

  function breakSubscription(socket: WebSocket, id: number): void {
    const error = { code: "unknown_error", message: "Invalid JSON in response" };
    send(socket, { id, type: "result", success: false, error });
  }

  function succeed(socket: WebSocket, id: number, result: unknown): void {
    send(socket, { id, type: "result", success: true, result });
  }

  function fail(socket: WebSocket, id: number, code: string): void {
    send(socket, { id, type: "result", success: false, error: { code, message: `refused: ${code}` } });
  }
}
