import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

import { connectToCore, type CoreClient } from "../test/real-core/core-client.ts";
import { CoreUnavailableError } from "../test/real-core/core-installation.ts";
import { installCore } from "../test/real-core/install-core.ts";
import { startCore } from "../test/real-core/start-core.ts";
import type { House } from "./house.ts";
import { startStandIn } from "./stand-in-house.ts";

const OWNER = { username: "demo", password: "demo-demo" };
const CACHE = new URL("../.cache", import.meta.url).pathname;
/** One step of the walk takes a fraction of a second; a slow machine may take longer, but not this long. */
const STEP_MS = 30_000;

/** A real Home Assistant with an owner, a garage door and two automations; under CI nothing less will do. */
export async function startHouse(say: (line: string) => void, isCi: boolean): Promise<House> {
  try {
    const installation = await installCore({ cacheDir: CACHE, progress: say });
    return await startRealHouse(installation, say);
  } catch (error) {
    if (isCi || !(error instanceof CoreUnavailableError)) throw error;
    say("");
    say(
      "!!! NO REAL HOME ASSISTANT: an embedded stand-in takes its place, without automations and without a page.",
    );
    say(`!!! Why: ${error.message}`);
    say("");
    return await startStandIn(STEP_MS);
  }
}

async function startRealHouse(
  installation: Awaited<ReturnType<typeof installCore>>,
  say: (line: string) => void,
): Promise<House> {
  const [configuration, automations] = await Promise.all(
    ["home/configuration.yaml", "home/automations.yaml"].map((file) =>
      readFile(new URL(file, import.meta.url), "utf8"),
    ),
  );
  await using undo = new AsyncDisposableStack();
  const core = undo.use(
    await startCore({
      installation,
      configuration: configuration ?? "",
      automations: automations ?? "",
      owner: OWNER,
      progress: say,
    }),
  );
  const client = undo.use(await connectToCore(core.url, core.token));
  const owned = undo.move();
  return {
    isReal: true,
    url: core.url,
    token: core.token,
    login: OWNER,
    async doorOpened() {
      await client.waitForState("cover.garage_door", "open", STEP_MS);
      return "The automation ran: the garage door is open.";
    },
    async notified(text) {
      await waitForNotification(client, text);
      return "The automation ran: Home Assistant shows the message as a notification.";
    },
    notify: async (service, data) => void (await client.callService("notify", service, data)),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function waitForNotification(client: CoreClient, text: string): Promise<void> {
  const end = Date.now() + STEP_MS;
  while (Date.now() < end) {
    const shown = await client.persistentNotifications();
    if (shown.some(({ message }) => message.includes(text))) return;
    await sleep(50);
  }
  throw new Error("Home Assistant did not show the message in time");
}
