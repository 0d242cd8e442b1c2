import { Readable } from "node:stream";

import type { Transport } from "../../../src/domain/transport.ts";
import type { AppParts } from "../bundle/app-parts.ts";
import type { Effect } from "../machine/effects.ts";
import type { Life } from "../machine/life.ts";
import type { HttpAnswer, HttpRequest } from "./messages.ts";
import type { Network, OpenPort } from "./network.ts";
import { openLifeSocket } from "./open-life-socket.ts";
import { withHealth } from "./with-health.ts";

/** The time after which a stopping app cuts open connections, as in the app itself. */
const STOP_PATIENCE_MS = 500;
/** Each caller gets its own promise, because a shared one would keep everything that ever waited for it in memory. */
const never = (): Promise<never> => new Promise(() => {});
/** The host of the app's public address, which leads to the app itself. */
const OWN_HOST = "home.example";

/** Creates the network of one life of the app. It ends with the life. */
export function createLifeTransport(
  life: Life,
  network: Network,
  { TransportError }: Pick<AppParts, "TransportError">,
): Transport {
  const { scheduler, ports, hosts } = network;

  const listen: Transport["listen"] = (handler, { port, health }) => {
    life.use("listeners");
    if (!life.effect("listens", `on ${port}`)) return never();
    if (ports.has(port))
      return Promise.reject(Object.assign(new Error("EADDRINUSE"), { code: "EADDRINUSE" }));
    const entry: OpenPort = { life, handler: withHealth(handler, health), open: new Set() };
    ports.set(port, entry);
    const free = (): void => void (ports.get(port) === entry && ports.delete(port));
    const stopWatching = life.onEnd(free);
    return Promise.resolve({
      port,
      async [Symbol.asyncDispose]() {
        free();
        stopWatching();
        const patience = scheduler.elapsed() + STOP_PATIENCE_MS;
        const { signal } = new AbortController();
        while (entry.open.size > 0 && scheduler.elapsed() < patience) await life.clock.wait(20, signal);
        for (const { cut } of entry.open) cut();
      },
    });
  };

  const request: Transport["request"] = (to, options = {}) => {
    const { method = "GET", headers = {}, body = "", signal, connectTimeoutMs = 30_000, isAllowed } = options;
    const url = new URL(to);
    if (signal?.aborted === true) return Promise.reject(new TransportError("ABORTED", false));
    if (url.username !== "" || url.password !== "")
      return Promise.reject(new TransportError("CREDENTIALS_IN_URL", false));
    if (typeof body !== "string") throw new Error("no schedule makes the app upload files");
    if (isAllowed !== undefined) throw new Error("no schedule makes the app fetch files from elsewhere");
    const asked: HttpRequest = { method, url, headers: inSmallLetters(headers), body };
    life.use("HTTP client");
    if (!life.effect(effectOf(asked), `${method} ${url.hostname}${url.pathname} ${body}`)) return never();
    const exchange = Promise.withResolvers<Awaited<ReturnType<Transport["request"]>>>();
    const closed = life.open("requests");
    const abort = (): void => fail("ABORTED");
    // Node keeps every abort signal in memory that has a listener.
    const stopListening = (): void => signal?.removeEventListener("abort", abort);
    const stopWatching = life.onEnd(stopListening);
    const ended = (): void => {
      closed();
      stopListening();
      stopWatching();
    };
    let hasLeft = false;
    let received: Readable | null = null;
    const fail = (code: string): void => {
      if (!life.isAlive()) return;
      ended();
      const error = new TransportError(code, hasLeft);
      if (received === null) exchange.reject(error);
      else received.destroy(error);
    };
    signal?.addEventListener("abort", abort);

    const hear = (answer: HttpAnswer, isCut: boolean): void => {
      if (
        signal?.aborted === true ||
        !life.effect("hears an answer", `${answer.status} of ${method} ${url.pathname}`)
      )
        return;
      const bytes = Buffer.from(answer.body);
      received = new Readable({ read() {} });
      received.push(isCut ? bytes.subarray(0, bytes.length / 2) : bytes);
      if (isCut) scheduler.after(1, () => fail("ECONNRESET"));
      else received.push(null);
      ended();
      exchange.resolve({ status: answer.status, headers: new Headers(answer.headers ?? {}), body: received });
    };

    if (url.hostname === OWN_HOST) {
      hasLeft = true;
      const target = url.pathname + url.search;
      network.askApp({ method, target, headers: asked.headers, body }, 5, 15_000, (answer) =>
        typeof answer === "object" ? hear(answer, false) : fail("ECONNREFUSED"),
      );
      return exchange.promise;
    }
    const neighbour = hosts.get(url.hostname);
    const { outcome, ms } = neighbour?.outcomeOf(asked) ?? { outcome: "refused", ms: 5 };
    if (neighbour === undefined || outcome === "refused") scheduler.after(ms / 2, () => fail("ECONNREFUSED"));
    else if (outcome === "stalls") scheduler.after(connectTimeoutMs, () => fail("CONNECT_TIMEOUT"));
    else {
      // After that, the request is on the other side, so a crash of the app does not stop it.
      scheduler.after(ms / 4, () => void (hasLeft = true));
      scheduler.after(ms / 2, () => {
        if (outcome === "lost before") return fail("ECONNRESET");
        const answer = neighbour.answer(asked);
        if (outcome === "silent") return undefined;
        const comeBack = (given: HttpAnswer): void =>
          void scheduler.after(ms / 2, () =>
            outcome === "lost after" ? fail("ECONNRESET") : hear(given, outcome === "cut"),
          );
        if (answer instanceof Promise) void answer.then(comeBack);
        else comeBack(answer);
      });
    }
    return exchange.promise;
  };

  return { listen, request, openSocket: async (_url, options) => openLifeSocket(life, network, options) };
}

function effectOf({ method, url }: HttpRequest): Effect {
  if (!url.hostname.endsWith(".twilio.com")) return "asks elsewhere";
  if (method !== "POST") return "reads at Twilio";
  if (url.hostname === "sync.twilio.com") return "answers the relay";
  return /\/(Messages|Calls)\.json$/.test(url.pathname)
    ? "asks Twilio to send"
    : "asks Twilio to change a call";
}

function inSmallLetters(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
