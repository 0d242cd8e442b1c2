import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { startHouse, OURS, THEIRS } from "../app/start-house.ts";
import type { TestHouse } from "../app/start-house.ts";
import { startHttp } from "../sockets/start-server.ts";
import { sendWebhook } from "../twilio-simulator/webhooks/send-webhook.ts";
import { callParameters, messageParameters } from "../twilio-simulator/webhooks/webhook-parameters.ts";
import { startProxy } from "./start-proxy.ts";
import type { TestProxy } from "./start-proxy.ts";

const PATIENCE = { timeout: 15_000 };
const PANEL = { panel: { port: 0, password: null, supervised: false } };

let undo: AsyncDisposableStack;
let house: TestHouse;
let proxy: TestProxy;
beforeEach(async () => {
  undo = new AsyncDisposableStack();
  house = undo.use(await startHouse({ public_url: "" }, {}, PANEL));
  proxy = undo.use(await startProxy(() => house.app.port));
});
afterEach(() => undo.disposeAsync());

const message = () =>
  messageParameters({ accountSid: house.twilio.accountSid, from: THEIRS, to: OURS, body: "hi" });
const call = (index: number) =>
  callParameters({
    accountSid: house.twilio.accountSid,
    callSid: `CA${String(index).padStart(32, "0")}`,
    from: THEIRS,
    to: OURS,
    status: "ringing",
    direction: "inbound",
  });

/**
 * Sends a webhook that was signed for the URL `signedFor` through the proxy. Resolves with the status of the answer.
 */
async function send(parameters: Record<string, string>, signedFor: string): Promise<number> {
  const target = { url: `${signedFor}/webhook`, deliverTo: `${proxy.url}/webhook` };
  return (await sendWebhook(house.twilio.authToken, target, parameters)).status;
}

/** Sends a webhook that was signed for another service directly to the app. */
async function replay(parameters: Record<string, string>, signedFor: string, host = new URL(signedFor).host) {
  const target = { url: `${signedFor}/webhook`, deliverTo: house.app.webhook };
  const headers = { "X-Forwarded-Host": host, "X-Forwarded-Proto": new URL(signedFor).protocol.slice(0, -1) };
  return (await sendWebhook(house.twilio.authToken, target, parameters, headers)).status;
}

const checklist = async (): Promise<string> =>
  (await fetch(`http://localhost:${house.app.panelPort}/checklist`)).text();

/** The public address that the page Setup shows, and its source. */
async function shown(): Promise<{ address: string | null; is: string }> {
  const html = await checklist();
  const [, address = null] = /value="([^"]*)\/webhook"/.exec(html) ?? [];
  const is = ["Not known yet", "Provisional:", "Detected from webhooks"].find((text) => html.includes(text));
  return { address, is: is ?? "" };
}

const log = (): string => house.app.lines.join("\n");

describe("behind a proxy that listens on another port than 443,", () => {
  test("messages, whose signed URL contains the port, are accepted also after a call, whose signed URL lacks the port", async () => {
    expect(await send(call(1), "http://127.0.0.1")).toBe(200);
    await vi.waitFor(
      async () => expect(await shown()).toEqual({ address: proxy.url, is: "Detected from webhooks" }),
      PATIENCE,
    );
    expect(await send(message(), proxy.url)).toBe(200);
    expect(await send(call(2), "http://127.0.0.1")).toBe(200);
  });

  test("the app learns the public address from a call if the proxy names the port in X-Forwarded-Port but not in Host", async () => {
    proxy.passesPort = false;
    proxy.forwardsPort = true;
    expect(await send(call(1), "http://127.0.0.1")).toBe(200);
    await vi.waitFor(
      async () => expect(await shown()).toEqual({ address: proxy.url, is: "Detected from webhooks" }),
      PATIENCE,
    );
    expect(await send(message(), proxy.url)).toBe(200);
  });

  test("messages are refused until the proxy names the port in Host, and the log says how to set that", async () => {
    proxy.passesPort = false;
    expect(await send(call(1), "http://127.0.0.1")).toBe(200);
    await vi.waitFor(
      async () => expect(await shown()).toEqual({ address: "http://127.0.0.1", is: "Provisional:" }),
      PATIENCE,
    );
    expect(await send(message(), proxy.url)).toBe(403);
    expect(log()).toMatch(/WARNING.*enter public_url or let the proxy pass on Host with its port/);
    proxy.passesPort = true;
    expect(await send(message(), proxy.url)).toBe(200);
    await vi.waitFor(
      async () => expect(await shown()).toEqual({ address: proxy.url, is: "Detected from webhooks" }),
      PATIENCE,
    );
  });

  test("messages are accepted although the learnt public address lacks the port, if the app reaches itself with the port, and the log has advice", async () => {
    proxy.passesPort = false;
    proxy.answersHealth = false;
    expect(await send(message(), "http://127.0.0.1")).toBe(200);
    expect(await send(message(), "http://127.0.0.1")).toBe(200);
    await vi.waitFor(
      async () =>
        expect(await shown()).toEqual({ address: "http://127.0.0.1", is: "Detected from webhooks" }),
      PATIENCE,
    );
    proxy.passesPort = true;
    expect(await send(message(), proxy.url)).toBe(403);
    expect(log()).toMatch(/WARNING.*it was signed for http:\/\/127\.0\.0\.1:\d+, but the app uses/);

    await house.app.restart();
    proxy.answersHealth = true;
    expect(await send(message(), proxy.url)).toBe(200);
    expect(log()).toMatch(/WARNING.*also reaches the app at .*Forget this address/);
    expect(await shown()).toEqual({ address: "http://127.0.0.1", is: "Detected from webhooks" });
  });
});

describe("if the app cannot reach its own public address,", () => {
  beforeEach(() => void (proxy.answersHealth = false));

  test("the first message makes the address provisional, with a log line, and a second message confirms it, also after a restart", async () => {
    expect(await send(message(), proxy.url)).toBe(200);
    const provisional = { address: proxy.url, is: "Provisional:" };
    await vi.waitFor(async () => expect(await shown()).toEqual(provisional), PATIENCE);
    expect(log()).toMatch(/WARNING.*as its public address for now/);
    await house.app.restart();
    expect(await shown()).toEqual(provisional);
    // A request that comes before the app listens again would be lost.
    await vi.waitFor(() => expect(house.home.listensTo("twilio_request")).toBe(true), PATIENCE);
    house.request({ request_id: "1", command: "send_message", payload: { to: THEIRS, message: "hi" } });
    await vi.waitFor(() => expect(house.posts()).toBe(1), PATIENCE);
    const form = house.twilio.requests().find(({ method }) => method === "POST")?.form;
    expect(form?.["StatusCallback"]).toMatch(`${proxy.url}/status/message`);

    expect(await send(message(), proxy.url)).toBe(200);
    await vi.waitFor(async () => expect((await shown()).is).toBe("Detected from webhooks"), PATIENCE);
  });

  test("calls alone leave the address provisional, and messages can confirm another public address", async () => {
    for (const index of [1, 2, 3]) expect(await send(call(index), "http://127.0.0.1")).toBe(200);
    await vi.waitFor(async () => expect((await shown()).is).toBe("Provisional:"), PATIENCE);
    expect(await send(message(), proxy.url)).toBe(200);
    expect(await send(message(), proxy.url)).toBe(200);
    await vi.waitFor(
      async () => expect(await shown()).toEqual({ address: proxy.url, is: "Detected from webhooks" }),
      PATIENCE,
    );
  });
});

describe("the app learns no public address from a captured webhook", () => {
  test.each([
    ["is not found", 404, "Not found"],
    ["is a page", 200, "<html>"],
    ["is another process of the app", 200, JSON.stringify({ status: "ok", app: "another" })],
    ["is a redirect", 302, ""],
  ])("that Twilio signed for another service, whose /health %s", async (_what, status, body) => {
    const other = undo.use(
      await startHttp((_request, response) => response.writeHead(status, { location: "/" }).end(body)),
    );
    const url = `http://127.0.0.1:${other.port}`;
    for (const parameters of [message(), message(), call(1)]) await replay(parameters, url);
    await vi.waitFor(() => expect(log()).toContain(`another server answers at ${url}/health`), PATIENCE);
    expect((await shown()).address).toBeNull();
    expect(await send(message(), proxy.url)).toBe(200);
    await vi.waitFor(async () => expect((await shown()).address).toBe(proxy.url), PATIENCE);
    // Now the public address is known, so this signature is not even valid.
    expect(await replay(message(), url)).toBe(403);
  });

  test("that names in Host a port which Twilio did not sign, and uses the signed URL only provisionally", async () => {
    await replay(call(1), "http://127.0.0.1", "127.0.0.1:9");
    await replay(message(), "http://127.0.0.1", "127.0.0.1:9");
    await vi.waitFor(async () => expect((await shown()).address).not.toBeNull(), PATIENCE);
    expect(await shown()).toEqual({ address: "http://127.0.0.1", is: "Provisional:" });
  });

  test("of a message that Twilio created long ago", async () => {
    proxy.answersHealth = false;
    const createdAt = new Date(Date.now() - 3_600_000);
    const captured = [1, 2].map((index) => {
      const sid = house.twilio.addMessage({ from: THEIRS, to: OURS, body: `old ${index}`, createdAt });
      return { ...message(), MessageSid: sid, SmsSid: sid, SmsMessageSid: sid };
    });
    for (const one of captured) expect(await send(one, proxy.url)).toBe(200);
    const wasAsked = (sid: string): boolean => house.twilio.reads().some((path) => path.includes(sid));
    await vi.waitFor(
      () => expect(captured.every(({ MessageSid }) => wasAsked(MessageSid))).toBe(true),
      PATIENCE,
    );
    // When this webhook has been decided about, the earlier ones have been, too.
    await send(call(1), "http://127.0.0.1");
    await vi.waitFor(
      async () => expect(await shown()).toEqual({ address: "http://127.0.0.1", is: "Provisional:" }),
      PATIENCE,
    );
  });
});

test("the panel removes the learnt public address only by its own form, and the app learns it again from the next webhook", async () => {
  await send(message(), proxy.url);
  await vi.waitFor(async () => expect((await shown()).is).toBe("Detected from webhooks"), PATIENCE);
  const submit = (token: string) =>
    fetch(`http://localhost:${house.app.panelPort}/discard-address`, {
      method: "POST",
      body: new URLSearchParams({ change_token: token }),
    });
  expect((await submit("guessed")).status).toBe(403);
  expect((await shown()).address).toBe(proxy.url);
  const [, token = ""] = /name="change_token" value="([^"]*)"/.exec(await checklist()) ?? [];
  expect((await submit(token)).status).toBe(200);
  expect((await shown()).is).toBe("Not known yet");
  await house.app.restart();
  expect((await shown()).is).toBe("Not known yet");
  await send(message(), proxy.url);
  await vi.waitFor(async () => expect((await shown()).is).toBe("Detected from webhooks"), PATIENCE);
});
