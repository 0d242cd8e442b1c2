import { cp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import type { CoreInstallation } from "../install/core-installation.ts";
import { createConfigDirectory } from "./core/config-directory.ts";
import { startCore } from "./core/start-core.ts";
import type { RunningCore, StartOptions } from "./core/start-core.ts";

export interface RecordedEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface RecordingCore extends AsyncDisposable {
  readonly core: RunningCore;
  /** All events of the app on Core's bus, in order and over restarts. */
  events(): Promise<RecordedEvent[]>;
}

export interface RecordingCoreOptions extends Pick<StartOptions, "automations" | "configuration"> {
  /** Other types of events to write down. */
  readonly moreEvents?: readonly string[];
}

/** Starts a Core that writes the app's events to a file itself. */
export async function startRecordingCore(
  installation: CoreInstallation,
  { moreEvents = [], configuration = "", ...others }: RecordingCoreOptions = {},
): Promise<RecordingCore> {
  const directory = await createConfigDirectory(installation);
  const component = "custom_components/event_recorder";
  await cp(join(import.meta.dirname, "event_recorder"), join(directory, component), { recursive: true });
  const recorder = `event_recorder: [${moreEvents.join(", ")}]\n`;
  const core = await startCore({
    ...others,
    installation,
    directory,
    configuration: `${recorder}${configuration}`,
  });
  return {
    core,
    async events() {
      const text = await readFile(join(directory, "events.jsonl"), "utf8");
      const lines = text.split("\n").filter((line) => line.endsWith("}"));
      return lines.map((line) => JSON.parse(line) as RecordedEvent);
    },
    async [Symbol.asyncDispose]() {
      await core[Symbol.asyncDispose]();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
