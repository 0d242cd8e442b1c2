import { once } from "node:events";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { startHouse } from "../app/start-house.ts";
import type { TestHouse } from "../app/start-house.ts";
import { PUBLIC_URL } from "../app/start-test-app.ts";
import { openTcp } from "../sockets/open-tcp.ts";
import { signWebhook } from "../twilio-simulator/webhooks/sign-webhook.ts";

const SIGNED_URL = `${PUBLIC_URL}/webhook`;
const WELL_FORMED = `${"A".repeat(27)}=`;
const FORM = "application/x-www-form-urlencoded";
const LARGEST = 64 * 1024;

let house: TestHouse;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house[Symbol.asyncDispose]());

/** The status line of the answer to a request whose body is never sent. */
async function answerToHead(headers: readonly string[], path = "/webhook"): Promise<string> {
  const socket = openTcp(house.app.port);
  socket.write(
    [`POST ${path} HTTP/1.1`, "Host: x", `Content-Type: ${FORM}`, ...headers, "", ""].join("\r\n"),
  );
  const [answer] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  return answer.toString().split("\r\n")[0] ?? "";
}

function sign(parameters: Readonly<Record<string, string>>, url = SIGNED_URL): string {
  return signWebhook(house.twilio.authToken, url, parameters);
}

async function post(body: string, signature: string, more: Record<string, string> = {}): Promise<number> {
  const headers = { "Content-Type": FORM, "X-Twilio-Signature": signature, ...more };
  return (await fetch(house.app.webhook, { method: "POST", body, headers })).status;
}

function numbered(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`P${index}`, "x"]));
}

describe("the app refuses a request before it has received the body", () => {
  test.each<[string, readonly string[]]>([
    ["no signature", []],
    ["an empty signature", ["X-Twilio-Signature: "]],
    ["a signature that is too short", [`X-Twilio-Signature: ${WELL_FORMED.slice(4)}`]],
    ["a signature that is too long", [`X-Twilio-Signature: AAAA${WELL_FORMED}`]],
    ["a signature of 15 kB", [`X-Twilio-Signature: ${"A".repeat(15_000)}=`]],
    ["a hexadecimal signature", [`X-Twilio-Signature: ${"0123456789abcdef".repeat(2)}01234567`]],
    ["a signature of the right length that no 20 bytes have", [`X-Twilio-Signature: ${"A".repeat(26)}B=`]],
    ["a signature in Base64 for URLs", [`X-Twilio-Signature: ${"-_".repeat(13)}A=`]],
    ["two signatures", [`X-Twilio-Signature: ${WELL_FORMED}`, `X-Twilio-Signature: ${WELL_FORMED}`]],
    ["only another provider's signature", [`X-SignalWire-Signature: ${WELL_FORMED}`]],
  ])("with 403 if it has %s", async (_what, headers) => {
    expect(await answerToHead([...headers, "Content-Length: 1000"])).toContain(" 403 ");
    expect(await answerToHead([...headers, "Transfer-Encoding: chunked"])).toContain(" 403 ");
  });

  test("with 413 if its declared length is more than 64 kB", async () => {
    const signature = `X-Twilio-Signature: ${WELL_FORMED}`;
    expect(await answerToHead([signature, `Content-Length: ${LARGEST + 1}`])).toContain(" 413 ");
  });
});

describe("a correctly signed request", () => {
  test("may have at most 64 kB", async () => {
    const parameters = (length: number) => ({ AccountSid: house.twilio.accountSid, P: "x".repeat(length) });
    const others = new URLSearchParams(parameters(0)).toString().length;
    const largest = parameters(LARGEST - others);
    expect(await post(new URLSearchParams(largest).toString(), sign(largest))).toBe(200);
    const larger = parameters(LARGEST - others + 1);
    expect(await post(new URLSearchParams(larger).toString(), sign(larger))).toBe(413);
  });

  test("may have at most 500 parameters in a form", async () => {
    const most = { AccountSid: house.twilio.accountSid, ...numbered(499) };
    expect(await post(new URLSearchParams(most).toString(), sign(most))).toBe(200);
    const more = { AccountSid: house.twilio.accountSid, ...numbered(500) };
    expect(await post(new URLSearchParams(more).toString(), sign(more))).toBe(413);
  });

  test.each(["GET", "POST"])("may have at most 500 parameters in its query (%s)", async (method) => {
    const query = `?${new URLSearchParams(numbered(501)).toString()}`;
    const headers = { "Content-Type": FORM, "X-Twilio-Signature": sign({}, SIGNED_URL + query) };
    const answer = await fetch(house.app.webhook + query, { method, headers });
    expect(answer.status).toBe(413);
  });

  test("may have at most 500 parameters, counting empty ones", async () => {
    expect(await post("&".repeat(501), sign({}))).toBe(413);
    expect(await post(`a${"&".repeat(60_000)}`, sign({ a: "" }))).toBe(413);
  });
});

test("with a Twilio-compatible provider, the provider's own signature header counts, even if X-Twilio-Signature is wrong", async () => {
  const secret = "provider-secret";
  await using other = await startHouse({ api_base_url: "https://space.example", webhook_secret: secret });
  const parameters = { AccountSid: other.twilio.accountSid, a: "1" };
  const signature = signWebhook(secret, SIGNED_URL, parameters);
  const headers = { "Content-Type": FORM, "X-SignalWire-Signature": signature, "X-Twilio-Signature": "none" };
  const body = new URLSearchParams(parameters);
  expect((await fetch(other.app.webhook, { method: "POST", body, headers })).status).toBe(200);
});
