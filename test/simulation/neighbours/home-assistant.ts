import type { Random } from "../../random.ts";
import type { Life } from "../machine/life.ts";
import { between } from "../machine/random-streams.ts";
import type { HttpNeighbour, ServerSocket, SocketNeighbour } from "../network/messages.ts";
import { openCoreSession } from "./open-core-session.ts";
import type { CoreSession, OnFired, OnRefused } from "./open-core-session.ts";

type Data = Readonly<Record<string, unknown>>;

/** How Home Assistant behaves; a schedule changes it. */
export interface CoreBehaviour {
  state: "running" | "starting" | "down";
  /** Of a frame, one way, in milliseconds. */
  latencyMs: readonly [number, number];
  /** Whether the access token is none that Core knows. */
  refusesToken: boolean;
  /** Core's answer to each event, instead of firing it; null for none. */
  refusesEvents: "unauthorized" | "unknown_error" | null;
  /** Frames of both directions until the connection is lost; null for never. */
  framesUntilCut: number | null;
  /** Whether the app gets no notice of that. */
  isCutSilent: boolean;
  /** Takes events without answering. */
  ignoresEvents: boolean;
}

export interface HomeAssistant extends SocketNeighbour, HttpNeighbour {
  readonly behaviour: CoreBehaviour;
  /** Stops, starts or finishes its start. Who was connected before has lost the connection. */
  become(state: CoreBehaviour["state"]): void;
  /** Loses the connection at once. */
  cut(isSilent: boolean): void;
  /** Posts to a webhook. False if nobody is there; it is not said whether anybody listens. */
  postToWebhook(id: string, json: unknown, onReceived: () => void): boolean;
  /** An event of an automation. `onReceived`: called when it reaches the app. */
  emit(type: string, data: Data, onReceived: (life: Life) => void): void;
}

export interface HomeAssistantOptions {
  readonly random: Random;
  readonly wall: () => number;
  /** Called for each event of the app that Core has put on its bus. */
  readonly onFired: OnFired;
  readonly onRefused: OnRefused;
  /** Called for each push to a phone. */
  readonly onPush: (service: string, data: unknown) => void;
}

/** Core as the app sees it: its WebSocket API, running, starting, away, slow, refusing, or losing the connection. */
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

  /** False where the frame is the one at which the connection is lost. */
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
