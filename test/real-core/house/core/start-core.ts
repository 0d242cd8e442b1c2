import { mkdir, rm } from "node:fs/promises";
import { resolve } from "node:path";

import { freePort } from "../../../sockets/free-port.ts";
import type { CoreInstallation } from "../../install/core-installation.ts";
import type { Progress } from "../../install/run-command.ts";
import { createConfigDirectory } from "./config-directory.ts";
import { keepAccess, readAccess } from "./core-access.ts";
import { spawnCore } from "./core-process.ts";
import { onboardOwner, type Owner } from "./onboard-owner.ts";
import { waitUntilRunning, waitUntilUp } from "./wait-for-core.ts";
import { writeConfiguration } from "./write-configuration.ts";

export interface StartOptions {
  readonly installation: CoreInstallation;
  /** YAML added to the base configuration. */
  readonly configuration?: string;
  /** The automations, as a YAML list. */
  readonly automations?: string;
  /** The scripts, as a YAML mapping. */
  readonly scripts?: string;
  /**
   * The configuration directory to use, which is not removed. Without it, a new one is created and removed in the
   * end.
   */
  readonly directory?: string;
  readonly port?: number;
  readonly owner?: Owner;
  readonly country?: string;
  readonly timeZone?: string;
  /** Environment variables for Core. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly progress?: Progress;
}

/** A running Home Assistant with an owner, whose login works. */
export interface RunningCore extends AsyncDisposable {
  readonly url: string;
  /** A long-lived token of the owner. */
  readonly token: string;
  readonly owner: Owner;
  /** The configuration directory. */
  readonly directory: string;
  /** The process ID, which changes at each restart. */
  pid(): number;
  stop(): Promise<void>;
  /** Kills Core with SIGKILL. */
  kill(): Promise<void>;
  /**
   * Stops Core if it runs, and starts it with the same configuration, port and token. Resolves when it is `RUNNING`.
   */
  restart(): Promise<void>;
  /** The log of Core since the start of the test, over restarts. */
  log(): string;
}

const DEFAULT_OWNER: Owner = { username: "owner", password: "owner-of-this-home" };

/** Starts a Core on 127.0.0.1 and resolves when it is `RUNNING` and not in recovery mode. */
export async function startCore(options: StartOptions): Promise<RunningCore> {
  const {
    installation,
    configuration = "",
    automations,
    scripts,
    country = "US",
    timeZone,
    environment = {},
    progress = () => {},
  } = options;
  const own = options.directory === undefined;
  const directory = resolve(options.directory ?? (await createConfigDirectory(installation)));
  await mkdir(directory, { recursive: true });
  const known = await readAccess(directory);
  const port = options.port ?? known?.port ?? (await freePort());
  const owner = known?.owner ?? options.owner ?? DEFAULT_OWNER;
  const url = `http://127.0.0.1:${port}`;
  await writeConfiguration({ directory, port, country, timeZone, configuration, automations, scripts });

  const spawnHere = () => spawnCore(installation, directory, { skipPip: installation.complete, environment });
  let earlierLogs = "";
  let core = spawnHere();
  const remove = async () => {
    if (!own) return await core.stopOrKill();
    // An orderly stop takes a second and only writes files into this directory, which is deleted here.
    await core.kill();
    await rm(directory, { recursive: true, force: true });
  };
  const cameUp = async () => {
    await waitUntilUp(url, core, progress);
    const token = known?.token ?? (await onboardOwner(url, owner));
    await waitUntilRunning(url, token, core, progress);
    await keepAccess(directory, { port, token, owner });
    return token;
  };
  const token = await cameUp().catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  return {
    url,
    token,
    owner,
    directory,
    pid: () => core.pid,
    log: () => earlierLogs + core.log(),
    stop: () => core.stop(),
    kill: () => core.kill(),
    async restart() {
      await core.stop();
      earlierLogs += core.log();
      core = spawnHere();
      await waitUntilRunning(url, token, core, progress);
    },
    [Symbol.asyncDispose]: remove,
  };
}
