import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { vi } from "vitest";

import { startProvisioning } from "../../../src/app/provisioning.ts";
import { connectHomeAssistant } from "../../../src/home-assistant/connection/connect.ts";
import { createNotifications } from "../../../src/home-assistant/notifications.ts";
import { PATIENCE_MS } from "../../patience.ts";
import { SYSTEM_PARTS } from "../../system-parts.ts";
import { createPatientTransport } from "./patient-transport.ts";

export const ADDON = join(import.meta.dirname, "../../../addon");

export interface Provisioner extends AsyncDisposable {
  /** Resolves with the first log line that matches. */
  logged(pattern: RegExp): Promise<string>;
  /** All log lines. */
  readonly lines: readonly string[];
}

/** Starts the part of the app that installs scripts in Home Assistant, with its own connection. */
export function startProvisioner(
  access: { readonly url: string; readonly token: string },
  addonDir: string,
  loadMs = PATIENCE_MS,
): Provisioner {
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const logger = { debug: log, info: log, warning: log, error: log };
  const { transport, settled } = createPatientTransport(SYSTEM_PARTS.transport);
  const homeAssistant = connectHomeAssistant({ ...SYSTEM_PARTS, ...access, logger });
  const provisioning = startProvisioning({
    settings: {
      homeAssistant: access,
      addonDir,
      scriptsLookAgainMs: 200,
      ...SYSTEM_PARTS,
      transport,
      logger,
    },
    options: { language: null },
    homeAssistant,
    notifications: createNotifications(homeAssistant, logger),
    hash: sha256,
    loadMs,
  });
  homeAssistant.subscribeTrigger(
    { platform: "event", event_type: "core_config_updated" },
    () => void homeAssistant.readSettings(),
  );
  return {
    lines,
    logged: (pattern) =>
      vi.waitFor(
        () => {
          const line = lines.find((one) => pattern.test(one));
          if (line === undefined) throw new Error(`not yet ${pattern}: ${lines.join("\n")}`);
          return line;
        },
        { interval: 20 },
      ),
    async [Symbol.asyncDispose]() {
      await provisioning[Symbol.asyncDispose]();
      await settled();
      await homeAssistant[Symbol.asyncDispose]();
    },
  };
}

/** The SHA-256 of a text, in hexadecimal. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Creates a folder like the app's `addon`, with only this content as script.twilio_send_message. */
export async function addonWith(script: string): Promise<{ directory: string } & AsyncDisposable> {
  const directory = await mkdtemp(join(tmpdir(), "twilio-addon-"));
  await mkdir(join(directory, "scripts"));
  await mkdir(join(directory, "blueprints"));
  await writeFile(join(directory, "scripts/twilio_send_message.yaml"), script);
  return { directory, [Symbol.asyncDispose]: () => rm(directory, { recursive: true }) };
}
