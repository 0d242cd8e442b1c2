import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

import { callResource, messageResource } from "../test/twilio-simulator/api/resources.ts";
import { ACCOUNT_SID } from "./bench-account.ts";
import { monotonicMs } from "./monotonic-ms.ts";

/** The content of every list. */
const EMPTY_PAGE = { messages: [], calls: [], page: 0, page_size: 50, next_page_uri: null };

/** The times of the expected requests, by `monotonicMs`. */
export interface ExpectedRequests {
  readonly firstArrived: Promise<number>;
  readonly lastAnswered: Promise<number>;
  /** The parameters of the first expected request. */
  readonly form: Promise<Readonly<Record<string, string>>>;
  /** The SID that the first expected request got. */
  readonly sid: Promise<string>;
}

/** Twilio's API for messages and calls, with an optional latency. Its lists are empty. */
export interface TwilioStandIn extends AsyncDisposable {
  readonly url: string;
  latencyMs: number;
  /** Records the next `count` new messages and calls. */
  expect(count: number): ExpectedRequests;
}

/** Starts the stand-in on a free port. It accepts every message and call. */
export async function startTwilioStandIn(): Promise<TwilioStandIn> {
  const settings = { latencyMs: 0 };
  let onArrived = (): void => undefined;
  let onForm: (form: Readonly<Record<string, string>>) => void = () => undefined;
  let onSid: (sid: string) => void = () => undefined;
  let onAnswered = (): void => undefined;
  const server = createServer((request, response) => {
    if (request.method !== "POST") {
      response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(EMPTY_PAGE));
      return;
    }
    const isCall = request.url?.endsWith("/Calls.json") === true;
    const isNew = isCall || request.url?.endsWith("/Messages.json") === true;
    if (isNew) onArrived();
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    const answer = async (): Promise<void> => {
      if (settings.latencyMs > 0) await delay(settings.latencyMs);
      const form = Object.fromEntries(new URLSearchParams(body));
      const make = isCall ? callResource : messageResource;
      const resource = make(ACCOUNT_SID, form, "outbound-api", "queued");
      if (isNew) {
        onForm(form);
        onSid(resource.sid);
        response.once("finish", () => onAnswered());
      }
      response
        .writeHead(isNew ? 201 : 200, { "Content-Type": "application/json" })
        .end(JSON.stringify(resource));
    };
    request.once("end", () => void answer());
  });
  server.keepAliveTimeout = 120_000;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get latencyMs() {
      return settings.latencyMs;
    },
    set latencyMs(ms) {
      settings.latencyMs = ms;
    },
    expect(count) {
      const first = Promise.withResolvers<number>();
      const last = Promise.withResolvers<number>();
      const form = Promise.withResolvers<Readonly<Record<string, string>>>();
      const sid = Promise.withResolvers<string>();
      let answered = 0;
      onSid = (one) => sid.resolve(one);
      onForm = (one) => form.resolve(one);
      onArrived = () => first.resolve(monotonicMs());
      onAnswered = () => {
        answered += 1;
        if (answered === count) last.resolve(monotonicMs());
      };
      return {
        firstArrived: first.promise,
        lastAnswered: last.promise,
        form: form.promise,
        sid: sid.promise,
      };
    },
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
