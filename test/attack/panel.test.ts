import { once } from "node:events";

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { Secret } from "../../src/options/secret.ts";
import { startHouse, OURS, THEIRS } from "../app/start-house.ts";
import type { TestHouse } from "../app/start-house.ts";
import { listenToEvents } from "../panel/live/listen-to-events.ts";
import { openTcp } from "../sockets/open-tcp.ts";
import { startHttp, startTcp } from "../sockets/start-server.ts";

const PASSWORD = "correct horse battery";
const basic = (password: string) => ({
  authorization: `Basic ${Buffer.from(`me:${password}`).toString("base64")}`,
});

const ALONE = { port: 0, password: null, supervised: false };
const MODES = {
  "through ingress": [{ ...ALONE, supervised: true, ingressAddress: "127.0.0.1" }, {}],
  "on its own machine": [ALONE, {}],
  "with the password": [{ ...ALONE, password: new Secret(PASSWORD) }, basic(PASSWORD)],
} as const;

let undo = new AsyncDisposableStack();
beforeEach(() => void (undo = new AsyncDisposableStack()));
afterEach(() => undo.disposeAsync());

async function houseWith(
  panel: (typeof MODES)[keyof typeof MODES][0],
  standIn?: string,
): Promise<TestHouse & { readonly url: string }> {
  const house = undo.use(
    await startHouse(
      standIn === undefined ? {} : { api_base_url: undefined },
      {},
      { panel, ...(standIn === undefined ? {} : { twilioStandIn: standIn }) },
    ),
  );
  return Object.assign(house, { url: `http://localhost:${house.app.panelPort}/` });
}

describe.each(Object.entries(MODES))(
  "the panel's event streams (server-sent events), %s,",
  (_name, [panel, headers]) => {
    test("are limited to 64 when an attacker opens 300 and reads none, and a genuine page still receives news", async () => {
      const { twilio, app, url } = await houseWith(panel);
      const head = Object.entries({ host: `localhost:${app.panelPort}`, ...headers }).map((one) =>
        one.join(": "),
      );
      let ended = 0;
      for (let count = 0; count < 300; count += 1) {
        const socket = openTcp(app.panelPort ?? 0);
        undo.defer(() => void socket.destroy());
        socket.once("close", () => (ended += 1));
        socket.write(`GET /events HTTP/1.1\r\n${head.join("\r\n")}\r\n\r\n`);
        const [answer] = (await once(socket, "data")) as [Buffer];
        expect(answer.toString()).toContain("HTTP/1.1 200");
      }
      const honest = undo.use(await listenToEvents(`${url}events`, headers));
      await vi.waitFor(() => expect(ended).toBe(300 + 1 - 64));
      await twilio.receiveMessage({ from: THEIRS, to: OURS, body: "Is the gate closed?" });
      await honest.next();
      expect(ended).toBe(300 + 1 - 64);
    });
  },
);

describe("somebody who guesses the panel's password from the owner's IP address", () => {
  const WITH_PASSWORD = MODES["with the password"][0];

  async function ask(url: string, password: string, cookie = ""): Promise<Response> {
    const response = await fetch(url, {
      headers: { ...basic(password), ...(cookie === "" ? {} : { cookie }) },
    });
    await response.body?.cancel();
    return response;
  }

  /** Sends wrong passwords, four at a time, until `stop`, which returns how many were tried and checked. */
  function guess(url: string): { stop(): Promise<{ readonly tried: number; readonly checked: number }> } {
    let [tried, checked] = [0, 0];
    const over = new AbortController();
    const work = async (): Promise<void> => {
      while (!over.signal.aborted) {
        tried += 1;
        if ((await ask(url, `guess ${tried}`)).status !== 429) checked += 1;
      }
    };
    const workers = Promise.all(Array.from({ length: 4 }, work));
    return {
      async stop() {
        over.abort();
        await workers;
        return { tried, checked };
      },
    };
  }

  test("cannot lock out the owner, in a logged-in browser or a new one, and can check only one password a second after five", async () => {
    const { url } = await houseWith(WITH_PASSWORD);
    const cookie = (await ask(url, PASSWORD)).headers.get("set-cookie")?.split(";")[0] ?? "";
    const guesser = guess(url);
    undo.defer(async () => void (await guesser.stop()));
    await vi.waitFor(async () => expect((await ask(url, "another")).status).toBe(429));
    for (let count = 0; count < 20; count += 1) expect((await ask(url, PASSWORD, cookie)).status).toBe(200);
    const before = performance.now();
    await vi.waitFor(async () => expect((await ask(url, PASSWORD)).status).toBe(200), { interval: 200 });
    const seconds = (performance.now() - before) / 1000;
    const { tried, checked } = await guesser.stop();
    expect(tried).toBeGreaterThan(20);
    // Five passwords are checked at once, and after them at most one in each second.
    expect(checked).toBeLessThanOrEqual(5 + Math.ceil(seconds) + 1);
  });
});

test("the app does not follow a redirect from Twilio's media to a device in the local network, however its IP address is written", async () => {
  const victim = undo.use(await startTcp((socket) => void socket.end("HTTP/1.1 200 OK\r\n\r\n")));
  const spellings = [
    "http://127.0.0.1:PORT/",
    "https://127.1:PORT/",
    "https://[::ffff:7f00:1]:PORT/",
    "//localhost:PORT/",
  ];
  let next = 0;
  const api = undo.use(
    await startHttp((request, response) => {
      if (!(request.url ?? "").includes("/Media/")) return void response.writeHead(404).end();
      const location = (spellings[next] ?? "").replace("PORT", String(victim.port));
      response.writeHead(302, { location }).end();
    }),
  );
  const { twilio, url } = await houseWith(ALONE, `http://127.0.0.1:${api.port}`);
  const mediaUrls = [
    `https://api.twilio.com/2010-04-01/Accounts/${twilio.accountSid}/Messages/MM1/Media/ME1`,
  ];
  await twilio.receiveMessage({ from: THEIRS, to: OURS, body: "look", mediaUrls });
  const list = await (await fetch(`${url}conversations`)).text();
  const [, conversation = ""] = /href="(conversation\?[^"#]*)/.exec(list) ?? [];
  const html = await (await fetch(`${url}${conversation.replaceAll("&amp;", "&")}`)).text();
  const [, media = ""] = /src="(media[^"]*)"/.exec(html) ?? [];
  for (; next < spellings.length; next += 1) {
    const { status } = await fetch(`${url}${media.replaceAll("&amp;", "&")}`);
    expect([403, 502], spellings[next]).toContain(status);
  }
  expect(victim.connections()).toBe(0);
});
