import { request as ask } from "node:http";

import { startHttp } from "../../sockets/start-server.ts";

export interface FrontDoor extends AsyncDisposable {
  /** For `public_url`. */
  readonly url: string;
  /** The port that everything goes to, from now on. */
  leadTo(port: number): void;
}

/** A reverse proxy under a path of its own, as Twilio comes in by. */
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
