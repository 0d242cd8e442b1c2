import { text } from "node:stream/consumers";

import Twilio from "twilio/lib/rest/Twilio.js";
import { expect, test } from "vitest";

import { createTwilioApi } from "../../../src/twilio/rest/client.ts";
import type { TwilioApi } from "../../../src/twilio/rest/client.ts";
import { startHttp } from "../../sockets/start-server.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import { createTestHttpClient } from "./create-test-http-client.ts";

const OURS = "+15005550006";
const THEIRS = "+12125550123";
const ACCOUNT = {
  accountSid: `AC${"1".repeat(32)}`,
  username: "SK1",
  password: "secret",
  apiBaseUrl: null,
  region: null,
  edge: null,
};
const SENT = {
  to: THEIRS,
  from: OURS,
  body: "1 + 1 = 2 & ü😀\n",
  mediaUrl: ["https://a.example/1?b=c", "https://a.example/2"],
  statusCallback: "https://home.example/status/message?ref=1",
};
const PLACED = {
  to: THEIRS,
  from: OURS,
  twiml: "<Response><Say>hi</Say></Response>",
  statusCallback: "https://home.example/status/call?ref=1",
  statusCallbackEvent: ["initiated", "completed"],
};

test("the app's requests to Twilio for messages, calls and numbers match Twilio's OpenAPI description", async () => {
  await using twilio = await startTwilioSimulator({ numbers: [OURS] });
  const { accountSid, authToken, url } = twilio;
  const { account } = await createTwilioApi(
    {
      accountSid,
      username: accountSid,
      password: authToken,
      apiBaseUrl: url,
      region: null,
      edge: null,
    },
    createTestHttpClient(),
  )();
  const message = await account.messages.create(SENT);
  expect(message).toMatchObject({ numMedia: "2", status: "queued" });
  expect(await account.messages(message.sid).fetch()).toMatchObject({ to: THEIRS, body: SENT.body });
  const call = await account.calls.create(PLACED);
  expect(await account.calls(call.sid).fetch()).toMatchObject({ to: THEIRS });
  expect(twilio.requests().map(({ form }) => form)).toEqual([
    expect.objectContaining({ MediaUrl: SENT.mediaUrl, StatusCallback: SENT.statusCallback }),
    expect.objectContaining({ Twiml: PLACED.twiml, StatusCallbackEvent: PLACED.statusCallbackEvent }),
  ]);

  for (let count = 0; count < 4; count += 1) await account.messages.create(SENT);
  const day = new Date(Date.now() - 86_400_000);
  const listed = await account.messages.list({ to: THEIRS, dateSentAfter: day, pageSize: 2 });
  expect(new Set(listed.map(({ sid }) => sid))).toEqual(new Set(twilio.messages().map(({ sid }) => sid)));
  expect(await account.calls.list({ to: THEIRS, startTimeAfter: day })).toMatchObject([{ sid: call.sid }]);
  expect(await account.incomingPhoneNumbers.list()).toMatchObject([{ phoneNumber: OURS }]);
  await expect(account.messages(`SM${"0".repeat(32)}`).fetch()).rejects.toMatchObject({
    status: 404,
    code: 20404,
  });
  expect(twilio.violations()).toEqual([]);
});

test("the app sends the same HTTP requests as Twilio's own client library", async () => {
  const received: object[][] = [[], []];
  for (const requests of received) {
    await using server = await startHttp((request, response) => {
      const { method, url, headers } = request;
      // These headers may differ between the two clients.
      const { host: _h, connection: _c, "accept-encoding": _e, "content-length": _l, ...others } = headers;
      const { "user-agent": _u, ...rest } = others;
      void text(request).then((body) => {
        requests.push({ method, url, headers: rest, form: [...new URLSearchParams(body)] });
        response.writeHead(method === "POST" ? 201 : 200).end('{"sid":"SM1","messages":[]}');
      });
    });
    const standIn = `http://127.0.0.1:${server.port}`;
    await askAll(
      requests === received[0]
        ? (await createTwilioApi({ ...ACCOUNT, standIn }, createTestHttpClient())()).account
        : ownClientOf(standIn),
    );
  }
  expect(received[0]).toHaveLength(4);
  expect(received[0]).toEqual(received[1]);
});

test("the app sends its credentials only to Twilio's hosts, whatever an answer names as the next page", async () => {
  const hosts: string[] = [];
  const page = { meta: { next_page_url: "https://elsewhere.example/x", key: "messages" }, messages: [{}] };
  const { account } = await createTwilioApi(ACCOUNT, {
    request({ uri }) {
      hosts.push(new URL(uri).host);
      return Promise.resolve({ statusCode: 200, headers: {}, body: page });
    },
  })();
  await expect(account.messages.list()).rejects.toThrow("not a host of Twilio");
  expect(hosts).toEqual(["api.twilio.com"]);
});

/** The API of Twilio's complete client, with its own HTTP client. */
function ownClientOf(url: string): TwilioApi["account"] {
  const client = new Twilio(ACCOUNT.username, ACCOUNT.password, { accountSid: ACCOUNT.accountSid });
  client.api.baseUrl = url;
  client.getHostname = (host) => host;
  return client.api.v2010.account;
}

async function askAll(account: TwilioApi["account"]): Promise<void> {
  await account.messages.create(SENT);
  await account.calls.create(PLACED);
  await account.messages.list({ to: THEIRS, dateSentAfter: new Date("2026-01-02T03:04:05Z"), limit: 100 });
  await account.messages("SM1").fetch();
}
