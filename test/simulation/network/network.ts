import type { RequestHandler } from "../../../src/domain/transport.ts";
import type { Life } from "../machine/life.ts";
import type { Scheduler } from "../machine/scheduler.ts";
import type { AppAnswer, AppRequest, HttpNeighbour, SocketNeighbour } from "./messages.ts";
import { openAppRequest } from "./open-app-request.ts";

/** A port on which a life of the app listens. */
export interface OpenPort {
  readonly life: Life;
  readonly handler: RequestHandler;
  readonly open: Set<{ readonly cut: () => void }>;
}

/** Everything between the app and its neighbours. */
export interface Network {
  readonly scheduler: Scheduler;
  /** The open ports, by number. */
  readonly ports: Map<number, OpenPort>;
  /** The neighbours, by host name. */
  readonly hosts: Map<string, HttpNeighbour>;
  readonly sockets: SocketNeighbour;
  /** Sends a request to the app. `givesUpMs` is the longest wait for its answer, and `ms` the time of one way. */
  askApp(request: AppRequest, ms: number, givesUpMs: number, done: (answer: AppAnswer) => void): void;
}

/** The port to which Twilio sends its webhooks. */
export const WEBHOOK_PORT = 8080;

/**
 * Creates a network without hosts and ports. The app's sockets go to `sockets`. `onReceived` runs for each request to
 * the app.
 */
export function createNetwork(
  scheduler: Scheduler,
  sockets: SocketNeighbour,
  onReceived: (request: AppRequest) => void,
): Network {
  const ports: Network["ports"] = new Map();
  return {
    scheduler,
    ports,
    hosts: new Map(),
    sockets,
    askApp(request, ms, givesUpMs, done) {
      scheduler.after(ms, () => {
        const port = ports.get(WEBHOOK_PORT);
        if (port === undefined || !port.life.effect("hears a webhook", `${request.target} ${request.body}`))
          return done("refused");
        onReceived(request);
        openAppRequest({ port, request, scheduler, returnMs: ms, givesUpMs, done });
      });
    },
  };
}
