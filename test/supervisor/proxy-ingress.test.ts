import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

import { afterEach, beforeEach, expect, test } from "vitest";

import { startHttp } from "../sockets/start-server.ts";
import { startSupervisor } from "./start-supervisor.ts";
import type { Supervisor } from "./start-supervisor.ts";

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly from: string | undefined;
  readonly length: number;
}

let undo = new AsyncDisposableStack();
let supervisor: Supervisor;
let received: Received[];
beforeEach(async () => {
  received = [];
  const page = undo.use(await startHttp((request, response) => void serve(request, response)));
  supervisor = undo.use(
    await startSupervisor({
      core: { url: "http://127.0.0.1:1", token: "t" },
      panelPort: page.port,
      ingressFrom: "127.0.0.2",
    }),
  );
});
afterEach(async () => {
  await undo.disposeAsync();
  undo = new AsyncDisposableStack();
});

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, url, headers, socket } = request;
  const { length } = await text(request);
  received.push({ method, url, headers, from: socket.remoteAddress, length });
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.setHeader("content-security-policy", "default-src 'self'");
  if (url === "/go") response.writeHead(303, { location: "./" });
  response.end("<p>page</p>");
}

const user = { id: "u1", username: "ann", name: "Ann Ä" };

test("the panel gets a request through ingress from Supervisor's IP address, without Home Assistant's part of the path", async () => {
  const cookie = supervisor.openIngressSession();
  const answer = await fetch(`${supervisor.ingressUrl}a/b?c=d`, { headers: { cookie } });
  expect(await answer.text()).toBe("<p>page</p>");
  expect(answer.headers.get("content-type")).toBe("text/html");
  expect(answer.headers.get("content-security-policy")).toBe("default-src 'self'");
  expect(received).toMatchObject([{ method: "GET", url: "/a/b?c=d", from: "127.0.0.2" }]);
  const { pathname } = new URL(supervisor.ingressUrl);
  expect(received[0]?.headers["x-ingress-path"]).toBe(pathname.replace(/\/$/, ""));
});

test("through ingress, only Supervisor sets the headers that name the user", async () => {
  const cookie = supervisor.openIngressSession({ id: "u1", username: "ann" });
  const forged = {
    "x-remote-user-id": "admin",
    "x-remote-user-name": "admin",
    "x-remote-user-display-name": "admin",
    "x-ingress-path": "/elsewhere",
    "x-hass-source": "me",
    "x-supervisor-token": "t",
  };
  await fetch(supervisor.ingressUrl, { headers: { cookie, ...forged } });
  expect(received[0]?.headers).toMatchObject({
    "x-remote-user-id": "u1",
    "x-remote-user-name": "ann",
    "x-hass-source": "core.ingress",
    "x-ingress-path": expect.stringMatching(/^\/api\/hassio_ingress\//),
  });
  expect(received[0]?.headers).not.toHaveProperty("x-remote-user-display-name");
  expect(received[0]?.headers).not.toHaveProperty("x-supervisor-token");
});

test("through ingress, a user name that is not ASCII comes as UTF-8", async () => {
  const cookie = supervisor.openIngressSession(user);
  await fetch(supervisor.ingressUrl, { headers: { cookie } });
  const name = String(received[0]?.headers["x-remote-user-display-name"]);
  expect(Buffer.from(name, "latin1").toString()).toBe("Ann Ä");
});

test("through ingress, the forwarding headers contain the browser's request, after the values of an earlier proxy", async () => {
  const cookie = supervisor.openIngressSession();
  await fetch(supervisor.ingressUrl, { headers: { cookie } });
  const { host } = new URL(supervisor.ingressUrl);
  expect(received[0]?.headers).toMatchObject({
    "x-forwarded-for": "127.0.0.1, 172.30.32.1",
    "x-forwarded-host": host,
    "x-forwarded-proto": "http",
  });
  const forwarded = {
    "x-forwarded-for": "203.0.113.7",
    "x-forwarded-host": "home.example",
    "x-forwarded-proto": "https",
  };
  await fetch(supervisor.ingressUrl, { headers: { cookie, ...forwarded } });
  expect(received[1]?.headers).toMatchObject({
    ...forwarded,
    "x-forwarded-for": "203.0.113.7, 127.0.0.1, 172.30.32.1",
  });
});

test("a request to ingress without a session's cookie gets 401, and does not reach the app", async () => {
  for (const cookie of ["", "ingress_session=guessed"])
    expect((await fetch(supervisor.ingressUrl, { headers: { cookie } })).status).toBe(401);
  expect(received).toEqual([]);
});

test("a request to ingress gets 503 with an unknown token in its path or without an app, and 502 if the panel does not listen", async () => {
  const headers = { cookie: supervisor.openIngressSession() };
  const other = supervisor.ingressUrl.replace(/[^/]+\/$/, "other/");
  expect((await fetch(other, { headers })).status).toBe(503);
  supervisor.panelPort = null;
  expect((await fetch(supervisor.ingressUrl, { headers })).status).toBe(503);
  supervisor.panelPort = 1;
  expect((await fetch(supervisor.ingressUrl, { headers })).status).toBe(502);
});

test("through ingress, a form is passed on completely, and the browser follows redirects itself", async () => {
  const headers = { cookie: supervisor.openIngressSession() };
  const answer = await fetch(`${supervisor.ingressUrl}go`, {
    method: "POST",
    body: "a=b",
    redirect: "manual",
    headers,
  });
  expect(received).toMatchObject([{ method: "POST", url: "/go", length: 3 }]);
  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")).toBe("./");
});

test("ingress refuses a request of more than 16 MiB", async () => {
  const headers = { cookie: supervisor.openIngressSession() };
  const body = new Uint8Array(16 * 1024 * 1024 + 1);
  expect((await fetch(supervisor.ingressUrl, { method: "POST", body, headers })).status).toBe(413);
  expect(received).toEqual([]);
});
