import { rm } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

import { freePort } from "../../sockets/free-port.ts";
import { createConfigDirectory } from "../house/core/config-directory.ts";
import { spawnCore } from "../house/core/core-process.ts";
import { writeConfiguration } from "../house/core/write-configuration.ts";
import { type CoreInstallation, CoreUnavailableError } from "./core-installation.ts";
import type { Progress } from "./run-command.ts";

const DEADLINE_MS = 300_000;
const LOOK_MS = 200;
const LOOKS_PER_LINE = 15;

/** All integrations that tests and the demo configure, so that Core installs their requirements. */
const EVERYTHING = `
history:
logbook:
template:
  - cover:
      - name: Garage
        open_cover: []
        close_cover: []
twilio:
  account_sid: AC00000000000000000000000000000000
  auth_token: none
notify:
  - platform: group
    name: nobody
    services: []
  - platform: twilio_sms
    from_number: "+15550000000"
  - platform: twilio_call
    from_number: "+15550000000"
`;

/** Starts Core once, so that it installs what its integrations need. Later starts need no pip and no network. */
export async function primeCore(installation: CoreInstallation, progress: Progress): Promise<void> {
  const directory = await createConfigDirectory(installation);
  await writeConfiguration({
    directory,
    port: await freePort(),
    country: "US",
    configuration: EVERYTHING,
    automations: undefined,
    scripts: undefined,
  });
  const startedAt = Date.now();
  const core = spawnCore(installation, directory, { skipPip: false });
  try {
    for (let look = 1; !core.log().includes("Home Assistant initialized in"); look += 1) {
      const seconds = Math.round((Date.now() - startedAt) / 1000);
      if (core.hasEnded() || Date.now() - startedAt > DEADLINE_MS) {
        throw new CoreUnavailableError(`Core's first start failed: ${core.log().slice(-1_000)}`);
      }
      if (look % LOOKS_PER_LINE === 0)
        progress(`First start, installing what the integrations need: … ${seconds} s`);
      await Promise.race([delay(LOOK_MS), core.ended]);
    }
  } finally {
    await core.stopOrKill();
    await rm(directory, { recursive: true, force: true });
  }
}
