import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { OURS, THEIRS } from "../app/start-house.ts";
import { startTestApp } from "../app/start-test-app.ts";
import type { TestApp } from "../app/start-test-app.ts";
import { startFakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import type { FakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import { JPEG, MP3 } from "../media/sample-files.ts";
import { PATIENCE_MS } from "../patience.ts";
import { startTwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import { startSupervisor } from "./start-supervisor.ts";
import type { Supervisor } from "./start-supervisor.ts";

/** Scripts that each start of the app installs. */
const SCRIPTS = ["twilio_send_message", "twilio_make_call"];

let undo = new AsyncDisposableStack();
let core: FakeHomeAssistant;
let supervisor: Supervisor;
let twilio: TwilioSimulator;
let app: TestApp;
beforeEach(async () => {
  core = undo.use(await startFakeHomeAssistant());
  supervisor = undo.use(await startSupervisor({ core, pings: { everyMs: 30, pongWithinMs: PATIENCE_MS } }));
  twilio = undo.use(await startTwilioSimulator({ numbers: [OURS] }));
});
afterEach(async () => {
  await undo.disposeAsync();
  undo = new AsyncDisposableStack();
});

const start = async (): Promise<void> => {
  // The token is read at each start, because `supervisor` returns the one that is valid then.
  app = undo.use(await startTestApp({ twilio, homeAssistant: supervisor }));
};
const connected = (times: number): Promise<void> =>
  vi.waitFor(
    () =>
      expect(app.lines.filter((line) => line.includes("Connected to Home Assistant"))).toHaveLength(times),
    { interval: 5 },
  );
const write = (body: string) => twilio.receiveMessage({ from: THEIRS, to: OURS, body });
const bodies = (): unknown[] =>
  core.fired.filter(({ type }) => type === "twilio_data_received").map(({ data }) => data["Body"]);
const arrived = (...expected: string[]): Promise<void> =>
  vi.waitFor(() => expect(bodies()).toEqual(expected));
const sockets = (status: number): number =>
  supervisor.requests.filter((request) => request.path.endsWith("websocket") && request.status === status)
    .length;

describe("the app waits, stores incoming messages, and delivers them later,", () => {
  test("while Core does not run yet, and Supervisor answers 502", async () => {
    core.behaviour.state = "STARTING";
    await start();
    await vi.waitFor(() => expect(sockets(502)).toBeGreaterThan(1));
    expect((await write("early")).status).toBe(200);
    core.behaviour.state = "RUNNING";
    await arrived("early");
  });

  test("while Supervisor itself starts, and answers 400", async () => {
    supervisor.state = "setup";
    await start();
    await vi.waitFor(() => expect(sockets(400)).toBeGreaterThan(1));
    expect((await write("early")).status).toBe(200);
    supervisor.state = "running";
    await arrived("early");
  });

  test("while Supervisor sends auth_ok although Core is not connected", async () => {
    supervisor.losesCore = true;
    await start();
    await vi.waitFor(() => expect(sockets(101)).toBeGreaterThan(1));
    expect(app.lines.join("\n")).not.toContain("Connected to Home Assistant");
    await write("early");
    supervisor.losesCore = false;
    await arrived("early");
  });

  test("while the token of an earlier start is refused, and a restart brings the new one", async () => {
    await start();
    await connected(1);
    supervisor.renewToken();
    supervisor.cut();
    await vi.waitFor(() => expect(app.lines.join("\n")).toContain("refuses the access token"));
    await write("refused");
    await app.restart();
    await connected(2);
    await vi.waitFor(() => expect(bodies()).toContain("refused"));
  });
});

describe("the app stays connected or connects again", () => {
  beforeEach(async () => {
    await start();
    await connected(1);
  });

  test("when Core restarts behind Supervisor's proxy, which closes with 1000, and loses and repeats no event", async () => {
    core.behaviour.state = "STARTING";
    core.disconnect();
    await vi.waitFor(() => expect(sockets(502)).toBeGreaterThan(0));
    for (const body of ["one", "two", "three"]) await write(body);
    core.behaviour.state = "RUNNING";
    await connected(2);
    await write("four");
    await arrived("one", "two", "three", "four");
    expect(supervisor.openSockets()).toBe(1);
  });

  test("when Supervisor is cut off, which closes the socket with 1006", async () => {
    supervisor.cut();
    await connected(2);
    expect(sockets(101)).toBe(2);
    await write("after");
    await arrived("after");
  });

  test("if there is no fault, because the app answers Supervisor's pings", async () => {
    await vi.waitFor(() => expect(supervisor.pongs()).toBeGreaterThan(10));
    expect(sockets(101)).toBe(1);
    await write("quiet");
    await arrived("quiet");
  });
});

describe("the app's requests pass Supervisor's proxy:", () => {
  test("each of the app's scripts is stored when Core can be reached", async () => {
    await start();
    await vi.waitFor(() => expect([...core.scripts.keys()]).toEqual(expect.arrayContaining(SCRIPTS)));
  });

  test("a camera's picture is fetched through Supervisor, and a file of the media folder from Home Assistant itself", async () => {
    core.media.pictures.set("camera.door", { type: "image/jpeg", content: JPEG });
    core.media.files.set("/media/local/bell.mp3", { type: "audio/mpeg", content: MP3 });
    core.media.internalUrl = core.url;
    await start();
    await connected(1);
    core.emit("twilio_request", {
      request_id: "m1",
      command: "send_message",
      timeout: 10,
      payload: { to: THEIRS, message: "look", media: "camera.door" },
    });
    core.emit("twilio_request", {
      request_id: "c1",
      command: "make_call",
      timeout: 10,
      payload: { to: THEIRS, play: "media-source://media_source/local/bell.mp3" },
    });
    const results = () => core.fired.filter(({ type }) => type === "twilio_result").map(({ data }) => data);
    await vi.waitFor(() => expect(results()).toHaveLength(2));
    expect(results()).toMatchObject([{ ok: true }, { ok: true }]);
    const asked = core.media.requests.map(({ path, authorization }) => ({ path, authorization }));
    expect(asked.toSorted((a, b) => a.path.localeCompare(b.path))).toEqual([
      { path: "/api/camera_proxy/camera.door", authorization: `Bearer ${core.token}` },
      { path: "/media/local/bell.mp3", authorization: undefined },
    ]);
  });

  test("the app uses nothing that the proxy refuses or leaves out, and the app's notifications arrive", async () => {
    twilio.failNext({ kind: "error", status: 401, code: 20003, message: "Authenticate" });
    await start();
    await connected(1);
    core.emit("twilio_request", {
      request_id: "m2",
      command: "send_message",
      timeout: 10,
      payload: { to: THEIRS, message: "hi" },
    });
    await vi.waitFor(() => expect([...core.scripts.keys()]).toEqual(expect.arrayContaining(SCRIPTS)));
    await vi.waitFor(() =>
      expect(core.called.map(({ domain }) => domain)).toContain("persistent_notification"),
    );
    expect(supervisor.denied).toEqual([]);
    const refused = supervisor.requests.filter(({ status }) => ![0, 101, 200, 404].includes(status));
    expect(refused).toEqual([]);
    const dropped = ["range", "if-none-match", "if-modified-since", "if-match", "cookie"];
    const headers = supervisor.requests.flatMap((request) => Object.keys(request.headers));
    expect(headers.filter((name) => dropped.includes(name) || name.startsWith("x-"))).toEqual([]);
  });
});
