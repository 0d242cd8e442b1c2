import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

import Twilio from "twilio";

/** One request as it came, proven with Twilio's own library. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly isSigned: boolean;
  readonly token: string;
}

/** TwiML; or a status alone; or anything else. */
export type Scripted =
  | string
  | number
  | { readonly status?: number; readonly type: string; readonly body: string };

export interface ScriptedApp extends AsyncDisposable {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  /** The answers to requests for a path, one after the other; the last one stays. */
  on(path: string, ...answers: (Scripted | ((request: SeenRequest) => Promise<Scripted>))[]): void;
  /** Those for a path that came so far. */
  seenAt(path: string): readonly SeenRequest[];
}

/** An app that answers Twilio with what a test wants: what it does not know is 404. */
export async function startScriptedApp(authToken: string): Promise<ScriptedApp> {
  const scripts = new Map<string, (Scripted | ((request: SeenRequest) => Promise<Scripted>))[]>();
  const seen: SeenRequest[] = [];

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
    seen.push(request);
    const answers = scripts.get(address.pathname) ?? [404];
    const next = (answers.length > 1 ? answers.shift() : answers[0]) ?? 404;
    const answer = typeof next === "function" ? await next(request) : next;
    const { status = 200, type, body: content } = whole(answer);
    response.writeHead(status, { "Content-Type": type }).end(content);
  }

  const server = createServer((incoming, response) => {
    // Nobody is there any more once the test is over.
    handle(incoming, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    seen,
    on: (path, ...answers) => void scripts.set(path, answers),
    seenAt: (path) => seen.filter((request) => request.path === path),
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
