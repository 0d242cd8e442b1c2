import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";

const PATH = /^\/api\/services\/(\w+)\/(\w+)$/;

/** Serves actions of Core's REST API, and adds each call to `called`. */
export function serveServices(
  called: { readonly domain: string; readonly service: string; readonly data: unknown }[],
  token: string,
  next: (request: IncomingMessage, response: ServerResponse) => void,
): RequestListener {
  return (request, response) => {
    const [, domain, service] = PATH.exec(request.url ?? "") ?? [];
    if (request.method !== "POST" || domain === undefined || service === undefined) {
      next(request, response);
      return;
    }
    if (request.headers.authorization !== `Bearer ${token}`) {
      response.writeHead(401).end();
      return;
    }
    void json(request).then((data) => {
      called.push({ domain, service, data });
      response.writeHead(200, { "content-type": "application/json" }).end("[]");
    });
  };
}
