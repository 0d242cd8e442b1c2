import { Readable } from "node:stream";

import type { IncomingRequest, OutgoingResponse } from "../../../src/domain/transport.ts";
import type { Scheduler } from "../machine/scheduler.ts";
import type { AppAnswer, AppRequest } from "./messages.ts";
import type { OpenPort } from "./network.ts";

const PEER = "203.0.113.7";

class SimulatedIncoming extends Readable implements IncomingRequest {
  readonly url: string;
  readonly httpVersion = "1.1";
  readonly headers: Readonly<Record<string, string>>;
  readonly socket = { remoteAddress: PEER, destroyed: false };
  complete = false;

  constructor({ target, headers, body }: AppRequest) {
    super();
    this.url = target;
    this.headers = { ...headers, host: "home.example", "content-length": String(Buffer.byteLength(body)) };
    if (body !== "") this.push(Buffer.from(body));
    this.push(null);
    this.complete = true;
  }

  override _read(): void {}
}

export interface OpenAppRequestOptions {
  readonly port: OpenPort;
  readonly request: AppRequest;
  readonly scheduler: Scheduler;
  readonly returnMs: number;
  readonly givesUpMs: number;
  readonly done: (answer: AppAnswer) => void;
}

/** Passes a request to the app and returns the app's answer by `done`, which is called once. */
export function openAppRequest(options: OpenAppRequestOptions): void {
  const { port, request, scheduler, returnMs, givesUpMs } = options;
  const { life, handler, open } = port;
  const closeListeners: (() => void)[] = [];
  const incoming = new SimulatedIncoming(request);
  let isOver = false;
  let isFinished = false;
  const outgoing: OutgoingResponse = {
    get writableFinished() {
      return isFinished;
    },
    once(_event: "close", listener: () => void): unknown {
      return closeListeners.push(listener);
    },
    destroy: () => finish("lost"),
  };
  const ended = life.open("webhooks");
  const entry = { cut: () => finish("lost") };
  open.add(entry);
  const stopWatching = life.onEnd(() => finish("lost"));
  const callOff = scheduler.after(givesUpMs, () => finish("too late"));

  function finish(answer: AppAnswer): void {
    if (isOver) return;
    isOver = true;
    open.delete(entry);
    stopWatching();
    callOff();
    ended();
    incoming.socket.destroyed = true;
    isFinished = typeof answer === "object";
    if (life.isAlive()) for (const listener of closeListeners) listener();
    if (typeof answer === "object") scheduler.after(returnMs, () => options.done(answer));
    else options.done(answer);
  }

  async function ask(): Promise<void> {
    const isPost = request.method === "POST";
    const web = new Request(`https://home.example${request.target}`, {
      method: request.method,
      headers: incoming.headers,
      // The app itself reads the body from `incoming`, so this one stays empty.
      ...(isPost ? { body: "" } : {}),
    });
    const response = await handler(web, { incoming, outgoing, trust() {} });
    const body = await response.text();
    if (isOver || !life.effect("answers a webhook", `${response.status} ${body}`)) return finish("lost");
    finish({ status: response.status, headers: Object.fromEntries(response.headers), body });
  }

  void ask().catch((error: unknown) => {
    if (life.isAlive()) throw error;
    finish("lost");
  });
}
