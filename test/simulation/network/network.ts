import type { RequestHandler } from "../../../src/domain/transport.ts";
import type { Life } from "../machine/life.ts";
import type { Scheduler } from "../machine/scheduler.ts";
import type { AppAnswer, AppRequest, HttpNeighbour, SocketNeighbour } from "./messages.ts";
import { openAppRequest } from "./open-app-request.ts";

/** Where the app listens, and for which life. */
export interface OpenPort {
  readonly life: Life;
  readonly handler: RequestHandler;
  readonly open: Set<{ readonly cut: () => void }>;
}

/** All that lies between the app and its neighbours. */
export interface Network {
  readonly scheduler: Scheduler;
  /** By port. */
  readonly ports: Map<number, OpenPort>;
  /** By host name. */
  readonly hosts: Map<string, HttpNeighbour>;
  readonly sockets: SocketNeighbour;
  /** A request to the app. `givesUpMs`: the longest wait for its answer. `ms`: the time of one way. */
  askApp(request: AppRequest, ms: number, givesUpMs: number, done: (answer: AppAnswer) => void): void;
}

/** Twilio comes to this port. */
export const WEBHOOK_PORT = 8080;

/** A network without hosts and ports; the app's sockets go to `sockets`. `onReceived`: called for each request to the app. */
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
