import { expect, test, vi } from "vitest";

import { reachPublicAddress } from "../../../src/twilio/account/reach-public-address.ts";
import { startHttp, startHttps, startTcp } from "../../sockets/start-server.ts";
import { SYSTEM_PARTS } from "../../system-parts.ts";

const IDENTITY = "of-this-start";
const ours = JSON.stringify({ status: "ok", app: IDENTITY });

test("the check of the public address recognizes this app by its answer to the health check, healthy or not", async () => {
  for (const status of [200, 503]) {
    await using server = await startHttp((_request, response) => response.writeHead(status).end(ours));
    expect(await reachPublicAddress(`http://127.0.0.1:${server.port}`, IDENTITY, SYSTEM_PARTS)).toEqual({
      kind: "ours",
    });
  }
});

test("the check of the public address keeps the path of the public address in its request", async () => {
  const asked: (string | undefined)[] = [];
  await using server = await startHttp((request, response) => {
    asked.push(request.url);
    response.end(ours);
  });
  await reachPublicAddress(`http://127.0.0.1:${server.port}/twilio`, IDENTITY, SYSTEM_PARTS);
  expect(asked).toEqual(["/twilio/health"]);
});

test.each([
  ["another process of the app", JSON.stringify({ status: "ok", app: "of-another-start" })],
  ["a page", "<html>of-this-start</html>"],
  ["JSON that is no object", "null"],
  ["an empty answer", ""],
  ["an answer that is too long", ours.padEnd(100_000)],
])("the check of the public address does not recognize %s as this app", async (_name, body) => {
  await using server = await startHttp((_request, response) => response.end(body));
  const reach = await reachPublicAddress(`http://127.0.0.1:${server.port}`, IDENTITY, SYSTEM_PARTS);
  expect(reach).toEqual({ kind: "other", status: 200 });
});

test("the check of the public address does not follow a redirect", async () => {
  const asked: (string | undefined)[] = [];
  await using server = await startHttp((request, response) => {
    asked.push(request.url);
    response.writeHead(301, { location: "/health/" }).end();
  });
  const reach = await reachPublicAddress(`http://127.0.0.1:${server.port}`, IDENTITY, SYSTEM_PARTS);
  expect(reach).toEqual({ kind: "redirected" });
  expect(asked).toEqual(["/health"]);
});

test("the check of the public address does not read an endless answer completely", async () => {
  await using server = await startHttp((_request, response) => {
    const write = (): void => {
      while (!response.destroyed && response.write("x".repeat(10_000)));
    };
    response.on("drain", write);
    write();
  });
  const reach = await reachPublicAddress(`http://127.0.0.1:${server.port}`, IDENTITY, SYSTEM_PARTS);
  expect(reach).toEqual({ kind: "other", status: 200 });
  await vi.waitFor(() => expect(server.open()).toBe(0));
});

test("the request of the check of the public address contains no secret", async () => {
  const headers: (string | undefined)[] = [];
  await using server = await startHttp((request, response) => {
    headers.push(...Object.keys(request.headers));
    response.end(ours);
  });
  await reachPublicAddress(`http://127.0.0.1:${server.port}`, IDENTITY, SYSTEM_PARTS);
  const harmless = /^(host|connection|accept(-.*)?|user-agent|sec-fetch-mode)$/;
  expect(headers.filter((name) => !harmless.test(name ?? ""))).toEqual([]);
});

test("the check of the public address reports an untrusted certificate, with the code of what is wrong with it", async () => {
  await using server = await startHttps((_request, response) => response.end(ours));
  const reach = await reachPublicAddress(`https://localhost:${server.port}`, IDENTITY, SYSTEM_PARTS);
  expect(reach).toEqual({ kind: "untrusted", code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
});

test("the check of the public address reports a port without HTTPS as unreachable or untrusted, and one without a listener as unreachable", async () => {
  const server = await startTcp((socket) => socket.end("hello"));
  const address = `https://127.0.0.1:${server.port}`;
  expect(await reachPublicAddress(address, IDENTITY, SYSTEM_PARTS)).toMatchObject({
    kind: expect.stringMatching(/^un/),
  });
  await server[Symbol.asyncDispose]();
  expect(await reachPublicAddress(address, IDENTITY, SYSTEM_PARTS)).toEqual({
    kind: "unreachable",
    code: "ECONNREFUSED",
  });
});
