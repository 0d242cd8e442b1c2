import { request as ask } from "node:http";

import { startHttp } from "../../sockets/start-server.ts";

export interface FrontDoor extends AsyncDisposable {
  /** The value for `public_url`. */
  readonly url: string;
  /** Sets the port that requests are forwarded to. */
  leadTo(port: number): void;
}

/** A reverse proxy with its own path, through which Twilio's webhooks come. */
export async function startFrontDoor(): Promise<FrontDoor> {
  let port = 0;
  const server = await startHttp((request, response) => {
    const { method, url: path, headers } = request;
    const asked = ask({ host: "127.0.0.1", port, method, path, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    asked.on("error", () => response.destroy());
    request.pipe(asked);
  });
  return {
    url: `http://127.0.0.1:${server.port}/twilio`,
    leadTo: (to) => void (port = to),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
