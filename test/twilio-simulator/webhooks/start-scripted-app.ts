import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

import Twilio from "twilio";

/** One received request, with its signature checked by Twilio's own library. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly isSigned: boolean;
  readonly token: string;
}

/** An answer: TwiML, an HTTP status, or another type with its body. */
export type Scripted =
  | string
  | number
  | { readonly status?: number; readonly type: string; readonly body: string };

export interface ScriptedApp extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
  /** Sets the answers for a path, one after the other. The last one is repeated. */
  on(path: string, ...answers: (Scripted | ((request: ReceivedRequest) => Promise<Scripted>))[]): void;
  /** The received requests for a path. */
  requestsTo(path: string): readonly ReceivedRequest[];
}

/** Starts an app with the answers of a test. Unknown paths are 404. */
export async function startScriptedApp(authToken: string): Promise<ScriptedApp> {
  const scripts = new Map<string, (Scripted | ((request: ReceivedRequest) => Promise<Scripted>))[]>();
  const requests: ReceivedRequest[] = [];

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = new URL(`${url}${incoming.url ?? ""}`);
    const body = Object.fromEntries(new URLSearchParams(await text(incoming)));
    const request = {
      method: incoming.method ?? "",
      path: address.pathname,
      parameters: incoming.method === "GET" ? Object.fromEntries(address.searchParams) : body,
      isSigned: Twilio.validateRequest(
        authToken,
        String(incoming.headers["x-twilio-signature"]),
        `${url}${incoming.url ?? ""}`,
        body,
      ),
      token: String(incoming.headers["i-twilio-idempotency-token"]),
    };
    requests.push(request);
    const answers = scripts.get(address.pathname) ?? [404];
    const next = (answers.length > 1 ? answers.shift() : answers[0]) ?? 404;
    const answer = typeof next === "function" ? await next(request) : next;
    const { status = 200, type, body: content } = whole(answer);
    response.writeHead(status, { "Content-Type": type }).end(content);
  }

  const server = createServer((incoming, response) => {
    // After the end of the test, the client has gone.
    handle(incoming, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    requests,
    on: (path, ...answers) => void scripts.set(path, answers),
    requestsTo: (path) => requests.filter((request) => request.path === path),
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

function whole(answer: Scripted): { status?: number; type: string; body: string } {
  if (typeof answer === "string") return { type: "text/xml", body: answer };
  return typeof answer === "number" ? { status: answer, type: "text/plain", body: "" } : answer;
}
