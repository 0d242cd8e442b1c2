import { describe, expect, test } from "vitest";

import { createTwilioApi } from "../../../src/twilio/rest/client.ts";
import type { HttpRequest } from "../../../src/twilio/rest/http-client.ts";

const SID = `AC${"1".repeat(32)}`;
const UUID = "6f2b1a3e-0000-4000-8000-123456789abc";
const TWILIO = { apiBaseUrl: null, region: null, edge: null };

/**
 * An API that records its requests and sends none. It gives `answers` one after another, and repeats the last one.
 */
function recorded(where: Partial<Parameters<typeof createTwilioApi>[0]>, answers: readonly object[] = [{}]) {
  const asked: HttpRequest[] = [];
  const api = createTwilioApi(
    { accountSid: SID, username: SID, password: "secret", ...TWILIO, ...where },
    {
      async request(request) {
        asked.push(request);
        return { statusCode: 200, headers: {}, body: answers[asked.length - 1] ?? answers.at(-1) };
      },
    },
  );
  return { api, asked, uris: () => asked.map(({ uri }) => uri) };
}

describe("requests to Twilio go to the host of the region and edge in the options:", () => {
  test.each([
    [null, null, "api.twilio.com"],
    ["us1", "ashburn", "api.ashburn.us1.twilio.com"],
    ["us1", "sao-paulo", "api.sao-paulo.us1.twilio.com"],
    ["ie1", "dublin", "api.dublin.ie1.twilio.com"],
    ["au1", "sydney", "api.sydney.au1.twilio.com"],
    ["jp1", "tokyo", "api.tokyo.jp1.twilio.com"],
  ])("%s with %s", async (region, edge, host) => {
    const { api, asked } = recorded({ region, edge, username: "SK1" });
    await (await api()).account.messages.create({ to: "+12125550123", from: "+15005550006", body: "hi" });
    expect(asked).toMatchObject([
      {
        uri: `https://${host}/2010-04-01/Accounts/${SID}/Messages.json`,
        username: "SK1",
        password: "secret",
      },
    ]);
  });
});

describe("requests to a Twilio-compatible provider go to the provider's URL:", () => {
  test.each([
    "https://space.example/api/laml",
    "https://provider.example",
    "https://a.b.c.provider.example/x",
    "https://eu.api.provider.co.example:8443/api",
    "http://localhost:9000",
    "http://10.0.0.7:9000/a/b",
  ])("%s", async (apiBaseUrl) => {
    const { api, uris } = recorded({ apiBaseUrl, accountSid: UUID, username: UUID });
    const { account } = await api();
    await account.messages.create({ to: "+12125550123", from: "+15005550006", body: "hi" });
    await account.calls("CA1").fetch();
    expect(uris()).toEqual(
      ["Messages", "Calls/CA1"].map((what) => `${apiBaseUrl}/2010-04-01/Accounts/${UUID}/${what}.json`),
    );
  });

  const base = "https://space.example/api/laml";
  const next = `/2010-04-01/Accounts/${UUID}/Messages?Page=1&PageToken=PA1`;
  test.each([
    ["with", `/api/laml${next}`],
    ["without", next],
  ])(
    "also the request for the next page of a list, whose URI the provider writes %s the path of its own URL",
    async (_how, nextPageUri) => {
      const pages = [
        { next_page_uri: nextPageUri, messages: [{ sid: "SM1" }] },
        { messages: [{ sid: "SM2" }] },
      ];
      const { api, uris } = recorded({ apiBaseUrl: base, accountSid: UUID }, pages);
      const found = await (await api()).account.messages.list();
      expect(found.map(({ sid }) => sid)).toEqual(["SM1", "SM2"]);
      expect(uris().at(-1)).toBe(base + next);
    },
  );

  test("and the credentials go to no other host, whatever an answer contains", async () => {
    const page = {
      meta: { next_page_url: "https://elsewhere.example/2010-04-01", key: "messages" },
      messages: [{}],
    };
    const { api, uris } = recorded({ apiBaseUrl: base, accountSid: UUID }, [page]);
    await expect((await api()).account.messages.list()).rejects.toThrow("was not sent");
    expect(uris()).toHaveLength(1);
  });
});
