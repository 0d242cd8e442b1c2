import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { MY_NUMBER, TWILIO_NUMBER } from "../../../demo/numbers.ts";
import { PUBLIC_URL, startTestApp } from "../../app/start-test-app.ts";
import type { TestApp } from "../../app/start-test-app.ts";
import { testMediaContract } from "../../home-assistant/contract/media-contract.ts";
import { JPEG, MP3, PNG } from "../../media/sample-files.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import { connectToCore } from "../house/core/core-client.ts";
import type { CoreClient } from "../house/core/core-client.ts";
import { startCoreWithMedia } from "../house/start-core-with-media.ts";
import { describeWithCore } from "../install/describe-with-core.ts";

describeWithCore("the contract of Home Assistant's media, with a real Core", (installation) => {
  testMediaContract(async () =>
    Object.assign(await startCoreWithMedia(installation), { door: JPEG, plan: PNG, bell: MP3 }),
  );
});

describeWithCore("media of a real Home Assistant Core", (installation) => {
  const undo = new AsyncDisposableStack();
  let client: CoreClient;
  let twilio: TwilioSimulator;
  let app: TestApp;

  beforeAll(async () => {
    twilio = undo.use(await startTwilioSimulator({ numbers: [TWILIO_NUMBER] }));
    const core = undo.use(await startCoreWithMedia(installation));
    client = undo.use(await connectToCore(core.url, core.token));
    app = undo.use(await startTestApp({ twilio, homeAssistant: core }));
    await vi.waitFor(() => expect(app.lines.join()).toContain("Connected to Home Assistant"), {
      interval: 20,
    });
  });
  afterAll(() => undo.disposeAsync());

  async function resultOf(command: string, payload: object): Promise<Record<string, unknown>> {
    await using results = await client.events("twilio_result");
    const event_data = { command, timeout: 10, payload };
    await client.command({ type: "fire_event", event_type: "twilio_request", event_data });
    return (await results.next()).data;
  }

  /** Fetches a published file as Twilio does, through the proxy in front of the app. */
  async function fetched(url: string): Promise<Response> {
    expect(url).toMatch(new RegExp(`^${PUBLIC_URL}/media/[\\w-]{22,}$`));
    return await fetch(url.replace(PUBLIC_URL, `http://127.0.0.1:${app.port}`));
  }

  test("a camera's picture is sent as MMS", async () => {
    const result = await resultOf("send_message", {
      to: MY_NUMBER,
      message: "Somebody is at the door",
      media: ["camera.door", "image.plan"],
    });
    expect(result).toMatchObject({ ok: true });
    const urls = [twilio.requests().at(-1)?.form["MediaUrl"] ?? []].flat();
    expect(urls).toHaveLength(2);
    const [door, plan] = await Promise.all(urls.map(fetched));
    expect(door?.headers.get("content-type")).toBe("image/jpeg");
    expect(await door?.bytes()).toEqual(JPEG);
    expect(plan?.headers.get("content-type")).toBe("image/png");
    expect(await plan?.bytes()).toEqual(PNG);
    expect(twilio.violations()).toEqual([]);
  });

  test("a sound from the media folder plays in a call", async () => {
    const play = "media-source://media_source/local/bell sound.mp3";
    expect(await resultOf("make_call", { to: MY_NUMBER, play })).toMatchObject({ ok: true });
    const twiml = String(twilio.requests().at(-1)?.form["Twiml"]);
    const url = /<Play>([^<]+)<\/Play>/.exec(twiml)?.[1] ?? "";
    expect(await (await fetched(url)).bytes()).toEqual(MP3);
  });

  test("a camera that does not exist makes the request fail with the camera's name, and no message is sent", async () => {
    const before = twilio.requests().length;
    const result = await resultOf("send_message", { to: MY_NUMBER, message: "x", media: "camera.nowhere" });
    expect(result).toMatchObject({
      ok: false,
      error: { code: "invalid", message: "camera.nowhere does not exist in Home Assistant." },
    });
    expect(twilio.requests()).toHaveLength(before);
  });
});
