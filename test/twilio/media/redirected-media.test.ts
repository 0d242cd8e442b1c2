import { afterEach, describe, expect, test } from "vitest";

import { isPublicIp } from "../../../src/twilio/media/is-public-ip.ts";
import { CERTIFICATE } from "../../sockets/localhost-certificate.ts";
import { startHttp, startHttps, startTcp } from "../../sockets/start-server.ts";
import { createTestMedia } from "./create-test-media.ts";
import type { TestMediaOptions } from "./create-test-media.ts";
import { lookupOnly } from "./lookup-only.ts";

const ACCOUNT = `AC${"0".repeat(32)}`;
const MEDIA = `https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT}/Messages/MM1/Media/ME1`;

let undo = new AsyncDisposableStack();
afterEach(async () => {
  await undo.disposeAsync();
  undo = new AsyncDisposableStack();
});

/** Fetches a file from an API on this machine, which redirects to `location`. */
async function fetchVia(location: string, elsewhere: TestMediaOptions["elsewhere"] = {}) {
  const api = undo.use(
    await startHttp((request, response) => {
      if (request.url === "/own") response.writeHead(200, { "content-type": "image/png" }).end("own");
      else response.writeHead(302, { location }).end();
    }),
  );
  const standIn = `http://127.0.0.1:${api.port}`;
  const account = {
    accountSid: ACCOUNT,
    username: ACCOUNT,
    password: "token",
    apiBaseUrl: null,
    region: null,
    edge: null,
    standIn,
  };
  return await createTestMedia(account, { elsewhere })(MEDIA);
}

/** A server that the app must not reach. Every forbidden URL contains its port. */
async function victim() {
  return undo.use(await startTcp((socket) => void socket.end("HTTP/1.1 200 OK\r\n\r\n")));
}

describe("a redirect of a file to another host never leads the app to this machine or the local network:", () => {
  test.each([
    "http://127.0.0.1:PORT/",
    "https://127.0.0.1:PORT/",
    "https://127.1:PORT/",
    "https://2130706433:PORT/",
    "https://0x7f000001:PORT/",
    "https://0x7f.0.0.1:PORT/",
    "https://0177.0.0.1:PORT/",
    "https://017700000001:PORT/",
    "https://127.0.0.1.:PORT/",
    "https://0:PORT/",
    "https://0.0.0.0:PORT/",
    "https://[::1]:PORT/",
    "https://[::]:PORT/",
    "https://[::ffff:127.0.0.1]:PORT/",
    "https://[::ffff:7f00:1]:PORT/",
    "https://[0:0:0:0:0:0:0:1]:PORT/",
    "https://[64:ff9b::127.0.0.1]:PORT/",
    "https://localhost:PORT/",
    "https://LOCALHOST.:PORT/",
    "https://%E2%91%A0%E2%91%A1%E2%91%A6.0.0.%31:PORT/",
    "https://user:password@127.0.0.1:PORT/",
    "//127.0.0.1:PORT/",
    "\\\\127.0.0.1:PORT\\",
    "http://localhost:PORT/",
    "http://[::1]:PORT/",
    "ftp://127.0.0.1:PORT/",
    "gopher://127.0.0.1:PORT/_GET",
  ])("not as %s", async (location) => {
    const house = await victim();
    const media = await fetchVia(location.replace("PORT", String(house.port)));
    expect(media).toMatchObject({ ok: false });
    expect(house.connections()).toBe(0);
  });

  test.each([
    ["this machine", ["127.0.0.1"]],
    ["this machine by IPv6", ["::1"]],
    ["Supervisor", ["172.30.32.2"]],
    ["the cloud's metadata", ["169.254.169.254"]],
    ["a public host and this machine", ["52.216.0.1", "127.0.0.1"]],
    ["this machine and a public host", ["127.0.0.1", "52.216.0.1"]],
    ["an IPv4 address in IPv6", ["::ffff:127.0.0.1"]],
  ])("not by a name that means %s", async (_name, addresses) => {
    const house = await victim();
    const lookup = lookupOnly({ "files.example": addresses });
    const media = await fetchVia(`https://files.example:${house.port}/`, { lookup });
    expect(media).toEqual({ ok: false, why: "refused" });
    expect(house.connections()).toBe(0);
  });
});

test("when the app follows a redirect, it resolves the name once and connects to the IP address that it checked", async () => {
  const files = undo.use(
    await startHttps(
      (_request, response) => void response.writeHead(200, { "content-type": "image/png" }).end("x"),
    ),
  );
  const looked: string[] = [];
  const checked: string[] = [];
  const media = await fetchVia(`https://localhost:${files.port}/a`, {
    ca: CERTIFICATE,
    lookup: lookupOnly({ localhost: ["127.0.0.1"] }, looked),
    isAllowed(ip) {
      checked.push(ip);
      return !isPublicIp(ip);
    },
  });
  expect(media).toMatchObject({ ok: true, type: "image/png" });
  expect(looked).toEqual(["localhost"]);
  expect(checked).toEqual(["127.0.0.1"]);
});

test("the app does not follow a redirect to a host with an untrusted certificate", async () => {
  const files = undo.use(
    await startHttps(
      (_request, response) => void response.writeHead(200, { "content-type": "image/png" }).end("x"),
    ),
  );
  const lookup = lookupOnly({ localhost: ["127.0.0.1"] });
  const media = await fetchVia(`https://localhost:${files.port}/a`, { lookup, isAllowed: () => true });
  expect(media).toEqual({ ok: false, why: "away" });
});

test("the app does not follow a chain of redirects that ends in the local network", async () => {
  const house = await victim();
  const files = undo.use(
    await startHttps(
      (_request, response) =>
        void response.writeHead(302, { location: `http://127.0.0.1:${house.port}/` }).end(),
    ),
  );
  const lookup = lookupOnly({ localhost: ["127.0.0.1"] });
  const media = await fetchVia(`https://localhost:${files.port}/a`, {
    ca: CERTIFICATE,
    lookup,
    isAllowed: () => true,
  });
  expect(media).toEqual({ ok: false, why: "refused" });
  expect(house.connections()).toBe(0);
});

test("the app follows a redirect from the host of the API to the same host, even in the local network", async () => {
  const media = await fetchVia("/own");
  expect(media).toMatchObject({ ok: true, type: "image/png" });
});
