import Twilio from "twilio";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { freePort } from "../sockets/free-port.ts";
import { startTwilioSimulator } from "./start-twilio-simulator.ts";
import type { TwilioSimulator } from "./start-twilio-simulator.ts";
import { runTwiml } from "./twiml/run-twiml.ts";
import { startScriptedApp } from "./webhooks/start-scripted-app.ts";

const OWN = "+15005550006";
let simulator: TwilioSimulator;
let client: ReturnType<typeof Twilio>;

beforeAll(async () => {
  simulator = await startTwilioSimulator({ numbers: [OWN] });
  client = Twilio(simulator.accountSid, simulator.authToken);
  client.api.baseUrl = simulator.url;
});
afterAll(() => simulator[Symbol.asyncDispose]());

describe("Twilio's own client library, with the simulated Twilio,", () => {
  test("sends a message, and request and answer match Twilio's OpenAPI document", async () => {
    const before = simulator.violations().length;
    const message = await client.messages.create({
      to: "+12125550123",
      from: OWN,
      body: "hi",
      mediaUrl: ["https://a.example/1", "https://a.example/2"],
    });
    expect(message).toMatchObject({
      sid: expect.stringMatching(/^MM[0-9a-f]{32}$/),
      status: "queued",
      numMedia: "2",
      direction: "outbound-api",
    });
    expect(await client.messages(message.sid).fetch()).toMatchObject({ body: "hi", to: "+12125550123" });
    expect((await client.messages.list({ to: "+12125550123", limit: 5 })).map(({ sid }) => sid)).toContain(
      message.sid,
    );
    expect(simulator.violations().slice(before)).toEqual([]);
  });

  test("makes a call, and request and answer match Twilio's OpenAPI document", async () => {
    const before = simulator.violations().length;
    const call = await client.calls.create({
      to: "+12125550123",
      from: OWN,
      twiml: "<Response><Say>hi</Say></Response>",
    });
    expect(call).toMatchObject({ sid: expect.stringMatching(/^CA[0-9a-f]{32}$/), status: "queued" });
    expect(await client.calls(call.sid).fetch()).toMatchObject({ to: "+12125550123" });
    expect(simulator.violations().slice(before)).toEqual([]);
  });

  test("is refused with a wrong token, as by the real Twilio", async () => {
    const stranger = Twilio(simulator.accountSid, "0".repeat(32));
    stranger.api.baseUrl = simulator.url;
    await expect(stranger.messages.create({ to: "+1", from: OWN, body: "x" })).rejects.toMatchObject({
      status: 401,
      code: 20003,
    });
  });
});

test("the simulated Twilio reports a parameter that is not in Twilio's OpenAPI document as a violation", async () => {
  const before = simulator.violations().length;
  await fetch(`${simulator.url}/2010-04-01/Accounts/${simulator.accountSid}/Messages.json`, {
    method: "POST",
    headers: { Authorization: `Basic ${btoa(`${simulator.accountSid}:${simulator.authToken}`)}` },
    body: new URLSearchParams({ To: "+12125550123", From: OWN, Body: "x", Foo: "1", ValidityPeriod: "abc" }),
  });
  expect(simulator.violations().slice(before).join("\n")).toMatch(
    /ValidityPeriod[^]*Foo|Foo[^]*ValidityPeriod/,
  );
});

describe("at the simulated Twilio, as with Twilio's test credentials and their magic numbers,", () => {
  test.each([
    ["+12125550123", "+15005550001", 400, 21212],
    ["+12125550123", "+15005550007", 400, 21606],
    ["+12125550123", "+15005550008", 429, 21611],
    ["+15005550001", OWN, 400, 21211],
    ["+15005550002", OWN, 400, 21612],
    ["+15005550003", OWN, 400, 21408],
    ["+15005550004", OWN, 400, 21610],
    ["+15005550009", OWN, 400, 21614],
  ])("a message to %s from %s is refused with HTTP %i and code %i", async (to, from, status, code) => {
    await expect(client.messages.create({ to, from, body: "x" })).rejects.toMatchObject({ status, code });
  });

  test.each([
    ["+12125550123", "+15005550001", 21212],
    ["+12125550123", "+15005550007", 21210],
    ["+15005550001", OWN, 21217],
    ["+15005550002", OWN, 21214],
    ["+15005550003", OWN, 21215],
    ["+15005550004", OWN, 21216],
  ])("a call to %s from %s is refused with HTTP 400 and code %i", async (to, from, code) => {
    const twiml = "<Response/>";
    await expect(client.calls.create({ to, from, twiml })).rejects.toMatchObject({ status: 400, code });
  });

  test("a body of more than 1600 characters is refused", async () => {
    await expect(
      client.messages.create({ to: "+12125550123", from: OWN, body: "x".repeat(1601) }),
    ).rejects.toMatchObject({ code: 21617 });
  });
});

describe("TwiML at the simulated Twilio", () => {
  const XML = "text/xml";
  test.each([
    [12300, "application/json", "<Response/>"],
    [12100, XML, "<Response>"],
    [12100, XML, "<Response><Say>a & b</Say></Response>"],
    [12102, XML, "<Other/>"],
    [12200, XML, "<Response><Dance/></Response>"],
    [11750, XML, `<Response><Say>${"x".repeat(65_536)}</Say></Response>`],
  ])("causes error %i if Twilio would refuse it", (code, contentType, body) => {
    expect(() => runTwiml(body, contentType)).toThrow(expect.objectContaining({ code }));
  });

  test("is spoken in its language", () => {
    const body =
      '<?xml version="1.0"?><Response><Say language="de-DE">1 &lt; 2 &amp; 3</Say><Pause/><Gather action="/x"><Say>PIN</Say></Gather></Response>';
    expect(runTwiml(body, XML)).toMatchObject({
      spoken: ['"1 < 2 & 3" (de-DE)', '"PIN"'],
      status: "in-progress",
      gatherAction: "/x",
    });
  });
});

describe("the page of the simulated telephone", () => {
  test("receives the app's messages as text", async () => {
    expect(await (await fetch(simulator.phoneUrl)).text()).toContain("<h1>The house");
    expect(await (await fetch(`${simulator.phoneUrl}/number`)).json()).toEqual({ number: OWN });
    await client.messages.create({ to: "+12125550123", from: OWN, body: "<b>bold</b>" });
    const events = await fetch(`${simulator.phoneUrl}/events`);
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    while (!text.includes("bold")) text += (await reader?.read())?.value ?? "";
    expect(text).toContain('"text":"<b>bold</b>"');
    await reader?.cancel();
  });

  test("has the configured port, and lists the people that were configured", async () => {
    const people = [
      { name: "Alice", number: "+12125550123" },
      { name: "Bob", number: "+12125550124" },
    ];
    const port = await freePort();
    await using own = await startTwilioSimulator({ numbers: [OWN], port, people });
    expect(own.phoneUrl).toBe(`http://127.0.0.1:${port}/phone`);
    expect(await (await fetch(`${own.phoneUrl}/people`)).json()).toEqual(people);
    expect(await (await fetch(`${simulator.phoneUrl}/people`)).json()).toEqual([]);
  });

  test("calls the app and presses keys, and answers a call of the app", async () => {
    await using app = await startScriptedApp(simulator.authToken);
    simulator.setWebhooks({ voice: { url: `${app.url}/voice` } });
    app.on("/voice", "<Response><Gather numDigits='1' action='/done'/></Response>");
    app.on("/done", "<Response><Say>thanks</Say></Response>");
    const post = (path: string, body: object): Promise<Response> =>
      fetch(`${simulator.phoneUrl}/calls${path}`, { method: "POST", body: JSON.stringify(body) });

    expect((await post("", { from: "+12125550123" })).status).toBe(204);
    const rung = simulator.call(simulator.calls().at(-1)?.sid ?? "");
    expect((await post(`/${rung.sid}/keys`, { text: "7" })).status).toBe(204);
    await rung.over();
    expect(rung.said).toEqual(["thanks"]);
    expect(app.requestsTo("/done")[0]?.parameters["Digits"]).toBe("7");

    const made = await client.calls.create({ to: "+12125550123", from: OWN, url: `${app.url}/voice` });
    expect((await post(`/${made.sid}/answer`, {})).status).toBe(204);
    expect((await post(`/${made.sid}/quiet`, {})).status).toBe(204);
    await simulator.call(made.sid).over();
    const hangUp = await post(`/${made.sid}/hang-up`, {});
    expect([hangUp.status, await hangUp.text()]).toEqual([
      502,
      expect.stringContaining("the call is completed"),
    ]);
    simulator.setWebhooks({});
  });

  test("shows why a message to the app could not be delivered", async () => {
    const answer = await fetch(`${simulator.phoneUrl}/messages`, {
      method: "POST",
      body: JSON.stringify({ from: "+12125550123", body: "x" }),
    });
    expect(answer.status).toBe(502);
    expect(await answer.text()).toContain("no webhook");
  });
});
