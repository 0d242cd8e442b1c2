import { request as ask } from "node:http";

import { startHttp } from "../sockets/start-server.ts";

export interface TestProxy extends AsyncDisposable {
  readonly port: number;
  /** The URL of the proxy, with its port. */
  readonly url: string;
  /** Whether Host contains the port, as with NGINX's `$http_host`. Without the port, it is as with `$host`. */
  passesPort: boolean;
  /** Whether `X-Forwarded-Port` names the port. */
  forwardsPort: boolean;
  /** Whether the app reaches its own public address. It does not behind a router without hairpin NAT. */
  answersHealth: boolean;
}

/** A reverse proxy in front of the app, like NGINX with `proxy_set_header Host …` and `X-Forwarded-Proto`. */
export async function startProxy(appPort: () => number): Promise<TestProxy> {
  const server = await startHttp((request, response) => {
    if (request.url === "/health" && !proxy.answersHealth) return void request.socket.destroy();
    const headers = {
      ...request.headers,
      host: proxy.passesPort ? `127.0.0.1:${proxy.port}` : "127.0.0.1",
      "x-forwarded-proto": "http",
      ...(proxy.forwardsPort ? { "x-forwarded-port": String(proxy.port) } : {}),
    };
    const { method, url: path } = request;
    const asked = ask(
      { host: "127.0.0.1", port: appPort(), method, path, headers, agent: false },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    asked.on("error", () => response.destroy());
    request.pipe(asked);
  });
  const proxy: TestProxy = {
    port: server.port,
    url: `http://127.0.0.1:${server.port}`,
    passesPort: true,
    forwardsPort: false,
    answersHealth: true,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
  return proxy;
}
