import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { MY_NUMBER, TWILIO_NUMBER } from "../../demo/numbers.ts";
import { startTestApp } from "../app/start-test-app.ts";
import type { TestApp } from "../app/start-test-app.ts";
import { testConnectionContract } from "../home-assistant/contract/connection-contract.ts";
import { testMediaContract } from "../home-assistant/contract/media-contract.ts";
import { JPEG, MP3, PNG } from "../media/sample-files.ts";
import { connectToCore } from "../real-core/house/core/core-client.ts";
import type { CoreClient } from "../real-core/house/core/core-client.ts";
import { startCore } from "../real-core/house/core/start-core.ts";
import { startRecordingCore } from "../real-core/house/recorded-events.ts";
import type { RecordingCore } from "../real-core/house/recorded-events.ts";
import { startCoreWithMedia } from "../real-core/house/start-core-with-media.ts";
import { describeWithCore } from "../real-core/install/describe-with-core.ts";
import { startTwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import { askSocket } from "./ask-socket.ts";
import { putSupervisorBefore } from "./put-supervisor-before.ts";
import { startSupervisor } from "./start-supervisor.ts";
import type { Supervisor } from "./start-supervisor.ts";

const GROUP = "notify: [{platform: group, name: contract_sms, services: []}]";

describeWithCore(
  "the contract with Home Assistant's API, through the tests' Supervisor and with a real Core",
  (installation) => {
    testConnectionContract(
      async () => await putSupervisorBefore(await startCore({ installation, configuration: GROUP })),
    );
  },
);

describeWithCore(
  "the contract with Home Assistant's media, through the tests' Supervisor and with a real Core",
  (installation) => {
    testMediaContract(async () => {
      const core = await startCoreWithMedia(installation);
      await using client = await connectToCore(core.url, core.token);
      // Without Supervisor, the documents tell users to set this URL. The app then fetches files of the media folder
      // directly from Core.
      await client.command({ type: "config/core/update", internal_url: core.url });
      return Object.assign(await putSupervisorBefore(core), { door: JPEG, plan: PNG, bell: MP3 });
    });
  },
);

describeWithCore("the app behind the tests' Supervisor, with a real Home Assistant Core,", (installation) => {
  const undo = new AsyncDisposableStack();
  let recording: RecordingCore;
  let supervisor: Supervisor;
  let client: CoreClient;
  let twilio: TwilioSimulator;
  let app: TestApp;

  beforeAll(async () => {
    twilio = undo.use(await startTwilioSimulator({ numbers: [TWILIO_NUMBER] }));
    recording = undo.use(await startRecordingCore(installation));
    const { core } = recording;
    supervisor = undo.use(await startSupervisor({ core }));
    const options = { default_sender: TWILIO_NUMBER };
    app = undo.use(await startTestApp({ twilio, homeAssistant: supervisor, options }));
    client = await connectToCore(core.url, core.token);
    for (const id of ["twilio_send_message", "twilio_make_call"])
      await said(`script.${id} is installed and up to date`);
  });
  afterAll(async () => {
    await client[Symbol.asyncDispose]();
    await undo.disposeAsync();
  });

  const said = (text: string, times = 1): Promise<void> =>
    vi.waitFor(
      () => {
        const found = app.lines.filter((line) => line.includes(text));
        expect(found.length, app.lines.join("\n")).toBeGreaterThanOrEqual(times);
      },
      { interval: 20 },
    );
  const write = (body: string) => twilio.receiveMessage({ from: MY_NUMBER, to: TWILIO_NUMBER, body });

  test("fires an event for a webhook", async () => {
    await using events = await client.events("twilio_data_received");
    expect((await write("hello")).status).toBe(200);
    expect((await events.next()).data).toMatchObject({ Body: "hello", From: MY_NUMBER });
  });

  test("sends a message for an installed script, which returns the result", async () => {
    const data = { to: MY_NUMBER, message: "The door is open" };
    const answer = await client.callService("script", "twilio_send_message", data, { returnResponse: true });
    expect(answer).toMatchObject({ ok: true, to: MY_NUMBER, error: null });
    expect(twilio.messages().at(-1)).toMatchObject({ body: "The door is open" });
  });

  test("can send commands to Core as its owner, but not a command that only Supervisor may use", async () => {
    using socket = await askSocket(`${supervisor.url}/websocket`);
    await socket.next();
    socket.send({ type: "auth", access_token: supervisor.token });
    await socket.next();
    socket.send({ id: 1, type: "supervisor/api", endpoint: "/info" });
    expect(await socket.next()).toMatchObject({ id: 1, success: false, error: { code: "unauthorized" } });
    socket.send({ id: 2, type: "auth/current_user" });
    expect(await socket.next()).toMatchObject({ id: 2, success: true, result: { is_owner: true } });
  });

  test("loses no event while Core restarts and Supervisor answers 502, and fires them in order afterwards", async () => {
    const { core } = recording;
    using watcher = await askSocket(`${supervisor.url}/websocket`);
    await watcher.next();
    watcher.send({ type: "auth", access_token: supervisor.token });
    await watcher.next();
    watcher.send({ id: 1, type: "ping" });
    await watcher.next();
    await client[Symbol.asyncDispose]();
    await core.stop();
    expect(await watcher.closed).toBe(1000);
    for (const body of ["one", "two", "three"]) await write(body);
    const before = supervisor.requests.length;
    const restarted = core.restart();
    await vi.waitFor(() =>
      expect(supervisor.requests.slice(before).map(({ status }) => status)).toContain(502),
    );
    await restarted;
    await said("Connected to Home Assistant", 2);
    client = await connectToCore(core.url, core.token);
    await vi.waitFor(
      async () => {
        const received = (await recording.events()).filter(({ type }) => type === "twilio_data_received");
        expect(received.slice(-3).map(({ data }) => data["Body"])).toEqual(["one", "two", "three"]);
      },
      { interval: 50 },
    );
    const data = { to: MY_NUMBER, message: "back" };
    const answer = await client.callService("script", "twilio_send_message", data, { returnResponse: true });
    expect(answer).toMatchObject({ ok: true });
  });
});
