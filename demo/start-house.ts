import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

import { connectToCore, type CoreClient } from "../test/real-core/house/core/core-client.ts";
import { startCore } from "../test/real-core/house/core/start-core.ts";
import { CoreUnavailableError } from "../test/real-core/install/core-installation.ts";
import { installCore } from "../test/real-core/install/install-core.ts";
import type { House } from "./house.ts";
import { showDashboard } from "./show-dashboard.ts";
import { startStandIn } from "./stand-in-house.ts";

export interface HouseOptions {
  /** Gets a line about each step that takes long. */
  readonly say: (line: string) => void;
  /** Whether the start fails if no real Home Assistant can be installed. Otherwise, a stand-in takes its place. */
  readonly mustBeReal: boolean;
  readonly port: number;
  /** The steps of the demo, as Markdown for the dashboard. */
  readonly toTry: string;
}

const OWNER = { username: "demo", password: "demo-demo" };
const CACHE = new URL("../.cache", import.meta.url).pathname;
/** The limit for one step of the check. A step usually takes a fraction of a second. */
const STEP_MS = 30_000;

/** Starts a real Home Assistant with an owner, a garage door and three automations, or a stand-in that says why. */
export async function startHouse(options: HouseOptions): Promise<House> {
  const { say, mustBeReal } = options;
  try {
    const installation = await installCore({ cacheDir: CACHE, progress: say });
    return await startRealHouse(installation, options);
  } catch (error) {
    if (mustBeReal || !(error instanceof CoreUnavailableError)) throw error;
    say("");
    say(
      "!!! NO REAL HOME ASSISTANT: a simple program takes its place, without automations and without a page.",
    );
    say(`!!! Why: ${error.message}`);
    say("");
    return await startStandIn(STEP_MS);
  }
}

async function startRealHouse(
  installation: Awaited<ReturnType<typeof installCore>>,
  { say, port, toTry }: HouseOptions,
): Promise<House> {
  const [configuration, automations] = await Promise.all(
    ["home/configuration.yaml", "home/automations.yaml"].map((file) =>
      readFile(new URL(file, import.meta.url), "utf8"),
    ),
  );
  await using undo = new AsyncDisposableStack();
  say("Starting Home Assistant …");
  const core = undo.use(
    await startCore({
      installation,
      configuration: configuration ?? "",
      automations: automations ?? "",
      owner: OWNER,
      port,
      // The time zone of this machine, in which the browser of the demo's user shows times, too.
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      progress: say,
    }),
  );
  const client = undo.use(await connectToCore(core.url, core.token));
  await showDashboard(client, toTry);
  const running = undo.move();
  return {
    isReal: true,
    url: core.url,
    token: core.token,
    login: OWNER,
    async becomeReachable() {
      await client.command({ type: "config/core/update", external_url: core.url });
    },
    async doorOpened() {
      await client.waitForState("cover.garage_door", "open", STEP_MS);
      return "The automation ran: the garage door is open.";
    },
    async closeDoor() {
      await client.callService("cover", "close_cover", { entity_id: "cover.garage_door" });
      await client.waitForState("cover.garage_door", "closed", STEP_MS);
    },
    async notified(text) {
      await waitForNotification(client, text);
      return "The automation ran: Home Assistant shows the message as a notification.";
    },
    notify: async (service, data) => void (await client.callService("notify", service, data)),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function waitForNotification(client: CoreClient, text: string): Promise<void> {
  const end = Date.now() + STEP_MS;
  while (Date.now() < end) {
    const shown = await client.persistentNotifications();
    if (shown.some(({ message }) => message.includes(text))) return;
    await sleep(50);
  }
  throw new Error("Home Assistant did not show the message in time.");
}
