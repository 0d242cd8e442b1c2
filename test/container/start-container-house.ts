import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { expect, vi } from "vitest";

import { OURS } from "../app/start-house.ts";
import { startFakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import type { FakeHomeAssistant, FiredEvent } from "../home-assistant/fake/start-fake-home-assistant.ts";
import { APP_CONFIG } from "../packaging/app-config.ts";
import { lockBetweenProcesses } from "../real-core/install/lock-between-processes.ts";
import { startSupervisor } from "../supervisor/start-supervisor.ts";
import type { Supervisor } from "../supervisor/start-supervisor.ts";
import { accountOptions } from "../twilio-simulator/account-options.ts";
import { startTwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import { forwardPort } from "./forward-port.ts";
import type { Engine } from "./start-engine.ts";

/** Supervisor's network, and its own address there. Source: supervisor/const.py */
const SUBNET = "172.30.32.0/23";
const SUPERVISOR = "172.30.32.2";
const APP = "172.30.33.5";
const NETWORK = "hassio";
/** The network's bridge on this machine. It has a fixed name, so that a run can delete the one of a killed run. */
const BRIDGE = "twilio-tests";
const CONTAINER = "app_local_twilio";
export const PUBLIC_URL = "https://home.example";

export interface ContainerHouse extends AsyncDisposable {
  readonly home: FakeHomeAssistant;
  readonly twilio: TwilioSimulator;
  readonly supervisor: Supervisor;
  /** The app's data folder on this machine. */
  readonly data: string;
  /** The app's IP address in Supervisor's network. */
  readonly address: string;
  /** Creates and starts the app's container from an image, with a new token, as Supervisor does. */
  start(image: string): Promise<void>;
  /** Resolves with the milliseconds since `start` when Docker says `healthy`. */
  healthy(): Promise<number>;
  /** Ends the app as Supervisor does and removes its container; resolves with the exit code and milliseconds. */
  stop(): Promise<{ readonly code: number; readonly ms: number }>;
  /** Runs a program in the app's container. */
  exec(...program: readonly string[]): Promise<string>;
  /** Runs the image's shell in another container of the network. */
  elsewhere(image: string, script: string): Promise<string>;
  /** Resolves when the app listens to Home Assistant's events. */
  connected(): Promise<void>;
  /** Kills the container with SIGKILL, like a loss of power. */
  kill(): Promise<void>;
  /** Starts the container once more as it is, as Supervisor's watchdog does. */
  startAgain(): Promise<void>;
  /** The texts of the messages in the events that Home Assistant received. */
  received(): unknown[];
  /** The data of a request's `twilio_result`. */
  result(requestId: string): FiredEvent["data"] | undefined;
}

/**
 * Starts what surrounds an app in Home Assistant OS: Supervisor's network, Supervisor, Home Assistant, and Twilio.
 */
export async function startContainerHouse(engine: Engine): Promise<ContainerHouse> {
  await using undo = new AsyncDisposableStack();
  const { docker } = engine;
  // Supervisor's network has a fixed range of addresses, so only one network of this machine can be it.
  undo.use(
    await lockBetweenProcesses(
      join(tmpdir(), "twilio-supervisor-network"),
      "Waiting for another run of the tests that has Supervisor's network",
      (line) => void process.stderr.write(`${line}\n`),
    ),
  );
  await promisify(execFile)("ip", ["link", "delete", BRIDGE]).catch(() => null);
  const bridge = `com.docker.network.bridge.name=${BRIDGE}`;
  await docker("network", "create", "--subnet", SUBNET, "--gateway", SUPERVISOR, "--opt", bridge, NETWORK);
  undo.defer(async () => void (await docker("network", "rm", NETWORK)));
  const home = undo.use(await startFakeHomeAssistant());
  const supervisor = undo.use(
    await startSupervisor({
      core: home,
      listen: { host: SUPERVISOR, port: 80 },
      panelHost: APP,
      panelPort: 8099,
      ingressFrom: SUPERVISOR,
    }),
  );
  const twilio = undo.use(await startTwilioSimulator({ numbers: [OURS] }));
  const api = undo.use(await forwardPort(SUPERVISOR, Number(new URL(twilio.url).port)));
  const data = await mkdtemp(join(tmpdir(), "twilio-data-"));
  undo.defer(() => rm(data, { recursive: true }));
  const { account_sid, auth_token } = accountOptions(twilio);
  const options = {
    ...APP_CONFIG.options,
    account_sid,
    auth_token,
    api_base_url: `http://${SUPERVISOR}:${api.port}`,
    public_url: PUBLIC_URL,
    default_sender: OURS,
    // A slow machine must not miss the time for the first step of a call.
    incoming_calls: { wait_seconds: 10, otherwise: "reject" },
  };
  await writeFile(join(data, "options.json"), JSON.stringify(options), { mode: 0o600 });
  const hook = { url: `${PUBLIC_URL}/webhook`, deliverTo: `http://${APP}:8080/webhook` };
  twilio.setWebhooks({ sms: hook, voice: hook });
  twilio.routeCallbacks(PUBLIC_URL, `http://${APP}:8080`);
  undo.defer(async () => void (await docker("rm", "--force", CONTAINER).catch(() => "")));
  let startedAt = 0;

  const fired = (type: string) =>
    home.fired.filter((event) => event.type === type).map((event) => event.data);
  const inspect = (template: string): Promise<string> => docker("inspect", "--format", template, CONTAINER);
  const running = undo.move();
  return {
    home,
    twilio,
    supervisor,
    data,
    address: APP,
    async start(image) {
      startedAt = performance.now();
      await docker(
        "run",
        "--pull=never",
        "--detach",
        "--init",
        `--name=${CONTAINER}`,
        "--hostname=local-twilio",
        `--network=${NETWORK}`,
        `--ip=${APP}`,
        `--add-host=supervisor:${SUPERVISOR}`,
        `--volume=${data}:/data`,
        "--stop-timeout=10",
        `--env=SUPERVISOR_TOKEN=${supervisor.renewToken()}`,
        "--env=TZ=Europe/Berlin",
        image,
      );
    },
    async healthy() {
      const healthy = async () => expect(await inspect("{{.State.Health.Status}}")).toBe("healthy");
      await vi.waitFor(healthy, { interval: 100 });
      return Math.round(performance.now() - startedAt);
    },
    async stop() {
      const begun = performance.now();
      await docker("stop", CONTAINER);
      const ms = Math.round(performance.now() - begun);
      const code = Number(await inspect("{{.State.ExitCode}}"));
      await docker("rm", CONTAINER);
      return { code, ms };
    },
    exec: (...program) => docker("exec", CONTAINER, ...program),
    elsewhere: (image, script) =>
      docker(
        "run",
        "--pull",
        "never",
        "--rm",
        "--network",
        NETWORK,
        "--entrypoint",
        "/bin/sh",
        image,
        "-c",
        script,
      ),
    connected: () => vi.waitFor(() => expect(home.listensTo("twilio_request")).toBe(true)),
    kill: async () => void (await docker("kill", CONTAINER)),
    startAgain: async () => void (await docker("start", CONTAINER)),
    received: () => fired("twilio_data_received").map((event) => event["Body"]),
    result: (requestId) => fired("twilio_result").find((event) => event["request_id"] === requestId),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
