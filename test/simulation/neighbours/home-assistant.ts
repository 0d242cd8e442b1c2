import type { Random } from "../../random.ts";
import type { Life } from "../machine/life.ts";
import { between } from "../machine/random-streams.ts";
import type { HttpNeighbour, ServerSocket, SocketNeighbour } from "../network/messages.ts";
import { openCoreSession } from "./open-core-session.ts";
import type { CoreSession, OnFired, OnRefused } from "./open-core-session.ts";

type Data = Readonly<Record<string, unknown>>;

/** How Home Assistant behaves. A schedule changes it. */
export interface CoreBehaviour {
  state: "running" | "starting" | "down";
  /** The time of a frame in one direction, in milliseconds. */
  latencyMs: readonly [number, number];
  /** Whether Core refuses the access token. */
  refusesToken: boolean;
  /** Core's answer to each event in place of firing it, or null if it fires events. */
  refusesEvents: "unauthorized" | "unknown_error" | null;
  /** The number of frames until the connection is lost, or null if it is not. */
  framesUntilCut: number | null;
  /** Whether the app is not notified of the lost connection. */
  isCutSilent: boolean;
  /** Whether Core receives events and does not answer. */
  ignoresEvents: boolean;
}

export interface HomeAssistant extends SocketNeighbour, HttpNeighbour {
  readonly behaviour: CoreBehaviour;
  /** Changes the state of Core: it stops, starts, or finishes its start. Earlier connections are lost. */
  become(state: CoreBehaviour["state"]): void;
  /** Cuts the connection at once. */
  cut(isSilent: boolean): void;
  /**
   * Posts to a webhook. Returns false if Core does not run. Core does not say whether anybody listens to the webhook.
   */
  postToWebhook(id: string, json: unknown, onReceived: () => void): boolean;
  /** Fires an event of an automation. `onReceived` is called when it reaches the app. */
  emit(type: string, data: Data, onReceived: (life: Life) => void): void;
}

export interface HomeAssistantOptions {
  readonly random: Random;
  readonly wall: () => number;
  /** Runs for each event of the app that Core has put on its bus. */
  readonly onFired: OnFired;
  readonly onRefused: OnRefused;
  /** Runs for each push notification to a phone. */
  readonly onPush: (service: string, data: unknown) => void;
}

/**
 * Creates Core as the app sees it: its WebSocket API, while Core runs, starts, is away, is slow, refuses, or loses
 * connections.
 */
export function createHomeAssistant({
  random,
  wall,
  onFired,
  onRefused,
  onPush,
}: HomeAssistantOptions): HomeAssistant {
  const sessions = new Map<ServerSocket, CoreSession>();
  const behaviour: CoreBehaviour = {
    state: "running",
    latencyMs: [1, 20],
    refusesToken: false,
    refusesEvents: null,
    framesUntilCut: null,
    isCutSilent: false,
    ignoresEvents: false,
  };

  function cut(isSilent: boolean): void {
    for (const socket of sessions.keys()) socket.cut(isSilent);
    sessions.clear();
  }

  /** Returns false if the connection is lost at this frame. */
  function passes(): boolean {
    if (behaviour.framesUntilCut === null) return true;
    behaviour.framesUntilCut -= 1;
    if (behaviour.framesUntilCut > 0) return true;
    behaviour.framesUntilCut = null;
    cut(behaviour.isCutSilent);
    return false;
  }

  return {
    behaviour,
    latency: () => between(random, ...behaviour.latencyMs),
    connect(socket) {
      if (behaviour.state === "down") return null;
      const session = openCoreSession({ socket, behaviour, passes, wall, onFired, onRefused, onPush });
      sessions.set(socket, session);
      return {
        hear(text, sentAt) {
          if (sessions.has(socket) && passes()) session.hear(text, sentAt);
        },
        closed: () => void sessions.delete(socket),
      };
    },
    become(state) {
      behaviour.state = state;
      if (state !== "running") cut(false);
    },
    cut,
    emit(type, data, onReceived) {
      if (behaviour.state === "down") return;
      for (const session of sessions.values()) session.emit(type, data, onReceived);
    },
    postToWebhook(id, json, onReceived) {
      if (behaviour.state === "down") return false;
      for (const session of sessions.values()) session.postToWebhook(id, json, onReceived);
      return true;
    },
    // The app's REST requests to Core are about scripts, which no schedule installs.
    outcomeOf: () => ({ outcome: "answered", ms: 10 }),
    answer: () => ({ status: 404, body: "{}" }),
  };
}
