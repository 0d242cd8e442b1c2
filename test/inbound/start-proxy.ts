import { request as ask } from "node:http";

import { startHttp } from "../sockets/start-server.ts";

export interface TestProxy extends AsyncDisposable {
  readonly port: number;
  /** Its address, with its port. */
  readonly url: string;
  /** As NGINX's `$http_host`; without, as its `$host`: then the port is left out. */
  passesPort: boolean;
  /** Whether it names its port in `X-Forwarded-Port`. */
  forwardsPort: boolean;
  /** False: it does not let the house itself in, as behind a router that cannot lead back. */
  answersHealth: boolean;
}

/** A reverse proxy before the app, as NGINX with `proxy_set_header Host …` and `X-Forwarded-Proto`. */
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
