import { text } from "node:stream/consumers";

import RequestClient from "twilio/lib/base/RequestClient.js";
import { expect, test } from "vitest";

import { createTwilioApi } from "../../../src/twilio/rest/client.ts";
import type { TwilioApi } from "../../../src/twilio/rest/client.ts";
import type { HttpClient } from "../../../src/twilio/rest/http-client.ts";
import { startHttp } from "../../sockets/start-server.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import { createTestHttpClient } from "./create-test-http-client.ts";

const OURS = "+15005550006";
const THEIRS = "+12125550123";
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

test("every request of the app is valid in Twilio's OpenAPI description", async () => {
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

test("Twilio's client sends the same requests with our HTTP client as with its own", async () => {
  const over = async (httpClient: HttpClient = createTestHttpClient()): Promise<unknown[]> => {
    const received: object[] = [];
    await using server = await startHttp((request, response) => {
      const { method, url, headers } = request;
      // These headers may differ.
      const { host: _h, connection: _c, "accept-encoding": _e, "content-length": _l, ...rest } = headers;
      void text(request).then((body) => {
        received.push({ method, url, headers: rest, form: [...new URLSearchParams(body)] });
        response.writeHead(method === "POST" ? 201 : 200).end('{"sid":"SM1","messages":[]}');
      });
    });
    const account = {
      accountSid: "AC1",
      username: "SK1",
      password: "secret",
      apiBaseUrl: `http://127.0.0.1:${server.port}`,
      region: null,
      edge: null,
    };
    await askAll(await createTwilioApi(account, httpClient)());
    return received;
  };
  const ours = await over();
  expect(ours).toHaveLength(4);
  expect(ours).toEqual(await over(new RequestClient() as unknown as HttpClient));
});

async function askAll({ account }: TwilioApi): Promise<void> {
  await account.messages.create(SENT);
  await account.calls.create(PLACED);
  await account.messages.list({ to: THEIRS, dateSentAfter: new Date("2026-01-02T03:04:05Z"), limit: 100 });
  await account.messages("SM1").fetch();
}
