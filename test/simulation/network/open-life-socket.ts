import type { ClientSocket, SocketOptions } from "../../../src/domain/transport.ts";
import type { Life } from "../machine/life.ts";
import type { ServerSocket, SocketPeer } from "./messages.ts";
import type { Network } from "./network.ts";

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 3;

type Listener = (event: { readonly data: unknown }) => void;

/**
 * Opens a WebSocket of one life to Home Assistant. Frames of one direction keep their order. If it is cut, frames on
 * their way are lost.
 */
export function openLifeSocket(
  life: Life,
  { scheduler, sockets }: Network,
  { handshakeTimeoutMs }: SocketOptions,
): ClientSocket {
  const ended = life.open("sockets");
  const listeners = { message: new Set<Listener>(), close: new Set<Listener>() };
  let readyState = CONNECTING;
  let peer: SocketPeer | null = null;
  /** Whether frames are lost without a notice to either side. */
  let isDead = false;
  const up: (() => void)[] = [];
  const down: (() => void)[] = [];
  let upFreeAt = 0;
  let downFreeAt = 0;

  function tell(type: "message" | "close", data: unknown): void {
    // The loop uses a copy, so that listeners that are added meanwhile are not called.
    for (const listener of Array.from(listeners[type])) listener({ data });
  }

  /** Closes the app's side of a connection. */
  function closeHere(): void {
    if (readyState === CLOSED) return;
    readyState = CLOSED;
    ended();
    const other = peer;
    // Frames that were sent before arrive first.
    up.push(() => other?.closed());
    scheduler.after(Math.max(0, upFreeAt - scheduler.elapsed()), () => up.shift()?.());
    stopWatching();
    if (life.isAlive()) tell("close", null);
  }

  const stopWatching = life.onEnd(closeHere);

  const server: ServerSocket = {
    send(text, onReceived) {
      downFreeAt = Math.max(downFreeAt, scheduler.elapsed() + sockets.latency());
      scheduler.after(downFreeAt - scheduler.elapsed(), () => down.shift()?.());
      down.push(() => {
        if (readyState !== OPEN || isDead || !life.effect("hears a frame", text)) return;
        onReceived?.(life);
        tell("message", text);
      });
    },
    cut(isSilent = false) {
      isDead = true;
      if (!isSilent) scheduler.after(sockets.latency(), closeHere);
    },
  };

  if (life.effect("connects")) {
    scheduler.after(sockets.latency(), () => {
      if (readyState !== CONNECTING || !life.isAlive()) return;
      peer = sockets.connect(server);
      if (peer === null) return closeHere();
      readyState = OPEN;
    });
    scheduler.after(handshakeTimeoutMs, () => void (readyState === CONNECTING && closeHere()));
  }

  return {
    get readyState() {
      return readyState;
    },
    OPEN,
    send(text) {
      life.use("socket");
      if (readyState !== OPEN || !life.effect("sends a frame", text)) return;
      const sentAt = scheduler.elapsed();
      upFreeAt = Math.max(upFreeAt, sentAt + sockets.latency());
      scheduler.after(upFreeAt - scheduler.elapsed(), () => up.shift()?.());
      up.push(() => {
        // A frame that was sent arrives even if the app has ended since.
        if (!isDead) peer?.hear(text, sentAt);
      });
    },
    close() {
      if (!isDead) scheduler.after(sockets.latency(), closeHere);
    },
    terminate: () => scheduler.nextTurn(closeHere),
    addEventListener: (type: "message" | "close", listener: Listener) => void listeners[type].add(listener),
    removeEventListener: (type: "message" | "close", listener: Listener) =>
      void listeners[type].delete(listener),
  };
}
