import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

/** The paths of the script API, also below `/core` as in Supervisor's proxy. */
const PATH = /^(?:\/core)?\/api\/(config\/script\/config\/|states\/script\.)(\w*)$/;

/** Serves Core's REST API for scripts, and stores them in `scripts`. A stored script is loaded at once. */
export function serveScripts(
  scripts: Map<string, Readonly<Record<string, unknown>>>,
  token: string,
  next: (request: IncomingMessage, response: ServerResponse) => void,
): RequestListener {
  async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const { method, url = "", headers } = request;
    if (headers.authorization !== `Bearer ${token}`) return { status: 401, body: "401: Unauthorized" };
    const [, kind, id = ""] = PATH.exec(url) ?? [];
    const script = scripts.get(id);
    if (method === "POST" && kind === "config/script/config/") {
      scripts.set(id, JSON.parse(await textOf(request)) as Record<string, unknown>);
      return { status: 200, body: { result: "ok" } };
    }
    if (method === "GET" && kind === "config/script/config/" && script !== undefined)
      return { status: 200, body: script };
    if (method === "GET" && kind === "states/script." && script !== undefined)
      return { status: 200, body: { state: "off", attributes: { mode: "parallel", current: 0 } } };
    return { status: 404, body: { message: "Not found." } };
  }

  return (request, response) => {
    if (!PATH.test(request.url ?? "")) {
      next(request, response);
      return;
    }
    void answer(request).then(({ status, body }) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    });
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
