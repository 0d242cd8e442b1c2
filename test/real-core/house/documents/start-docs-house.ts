import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { vi } from "vitest";
import { parse, stringify } from "yaml";

import { TWILIO_NUMBER } from "../../../../demo/numbers.ts";
import { createTestClock } from "../../../app/create-test-clock.ts";
import type { TestClock } from "../../../app/create-test-clock.ts";
import { PUBLIC_URL, startTestApp } from "../../../app/start-test-app.ts";
import type { TestApp } from "../../../app/start-test-app.ts";
import type { CodeBlock } from "../../../docs/code-blocks.ts";
import { MIGRATION_GUIDE } from "../../../docs/documents.ts";
import { JPEG } from "../../../media/sample-files.ts";
import { startTwilioSimulator } from "../../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../../../twilio-simulator/start-twilio-simulator.ts";
import type { CoreInstallation } from "../../install/core-installation.ts";
import { addCamera } from "../add-camera.ts";
import { createConfigDirectory } from "../core/config-directory.ts";
import { connectToCore } from "../core/core-client.ts";
import type { CoreClient } from "../core/core-client.ts";
import { startCore } from "../core/start-core.ts";
import type { RunningCore } from "../core/start-core.ts";

type Mapping = Readonly<Record<string, unknown>>;

/** A house with everything that the documents tell users to configure. */
export interface DocsHouse extends AsyncDisposable {
  readonly core: RunningCore;
  readonly client: CoreClient;
  readonly twilio: TwilioSimulator;
  readonly app: TestApp;
  /** The app's clock. */
  readonly clock: TestClock;
  /** Ends the app. Home Assistant and Twilio continue. */
  stopApp(): Promise<void>;
}

/** An alarm control panel that is armed and disarmed at once and without a code. */
const ALARM = { platform: "manual", name: "Home", arming_time: 0, code_arm_required: false };

/**
 * Starts Core with the configuration of the documents, the simulated Twilio and the app. `blocks` is the code of the
 * documents.
 */
export async function startDocsHouse(
  installation: CoreInstallation,
  blocks: readonly CodeBlock[],
): Promise<DocsHouse> {
  await using undo = new AsyncDisposableStack();
  const twilio = undo.use(await startTwilioSimulator({ numbers: [TWILIO_NUMBER] }));
  const directory = await createConfigDirectory(installation);
  undo.defer(() => rm(directory, { recursive: true, force: true }));
  const configuration = stringify({ ...(await house()), ...documented(blocks, "configuration") });
  const core = undo.use(await startCore({ installation, directory, configuration }));
  const client = undo.use(await connectToCore(core.url, core.token));
  const picture = join(directory, "media/front_door.jpg");
  await mkdir(join(directory, "media"));
  await writeFile(picture, JPEG);
  await addCamera(client, installation, picture);
  await client.post("/api/states/sensor.living_room_temperature", { state: "21.5" });

  const appStack = undo.use(new AsyncDisposableStack());
  const { contacts, notifiers, default_sender, incoming_calls } = documented(
    blocks.filter(({ file }) => file === "DOCS.md"),
    "options",
  );
  // On a busy machine, the first step of an automation may take longer than the default wait.
  const patient = { ...(incoming_calls as Mapping), wait_seconds: 10 };
  const options = { contacts, notifiers, default_sender, incoming_calls: patient };
  const clock = createTestClock();
  const app = appStack.use(await startTestApp({ twilio, homeAssistant: core, options, settings: { clock } }));
  await vi.waitFor(
    () => {
      for (const script of ["twilio_send_message", "twilio_make_call", "twilio_talk", "twilio_alarm"]) {
        const line = `${script} is installed and up to date`;
        if (!app.lines.some((text) => text.includes(line))) throw new Error(`not yet: ${line}`);
      }
    },
    { interval: 20 },
  );
  hearHangUps({ twilio, app });
  const running = undo.move();
  return {
    core,
    client,
    twilio,
    app,
    clock,
    stopApp: () => appStack.disposeAsync(),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Sets the number's webhooks as the documents say, with a status callback that reports hang-ups. */
function hearHangUps({ twilio, app }: Pick<DocsHouse, "twilio" | "app">): void {
  const to = (path: string) => ({
    url: `${PUBLIC_URL}${path}`,
    deliverTo: app.webhook.replace("/webhook", path),
  });
  twilio.setWebhooks({ sms: to("/webhook"), voice: to("/webhook"), status: to("/status/call") });
}

/** Merges all blocks of a kind. If two have the same key, the later one counts. */
function documented(blocks: readonly CodeBlock[], kind: string): Mapping {
  const ours = blocks.filter((block) => block.kind === kind && block.file !== MIGRATION_GUIDE);
  return Object.assign({}, ...ours.map(({ text }) => parse(text) as Mapping)) as Mapping;
}

async function house(): Promise<Mapping> {
  const demo = await readFile(new URL("../../../../demo/home/configuration.yaml", import.meta.url), "utf8");
  return { ...(parse(demo) as Mapping), media_source: null, alarm_control_panel: [ALARM] };
}
