import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, vi } from "vitest";

import { CERTIFICATE, CERTIFICATE_KEY } from "../../../sockets/localhost-certificate.ts";
import type { CoreInstallation } from "../../install/core-installation.ts";
import { createConfigDirectory } from "../core/config-directory.ts";
import { connectToCore } from "../core/core-client.ts";
import { createCoreRest } from "../core/core-rest.ts";
import { startCore } from "../core/start-core.ts";
import type { RunningCore } from "../core/start-core.ts";
import { startCloudStandIn } from "./start-cloud-stand-in.ts";
import type { CloudStandIn } from "./start-cloud-stand-in.ts";

export interface CoreWithCloud extends AsyncDisposable {
  readonly core: RunningCore;
  readonly cloud: CloudStandIn;
  /** Logs in as the page of Home Assistant Cloud does. Resolves when Core is connected to the servers. */
  logIn(): Promise<void>;
  logOut(): Promise<void>;
  /** Cuts Core's connection to the servers, or lets Core connect again. Resolves when Core knows. */
  setConnected(isConnected: boolean): Promise<void>;
}

/** Starts a Core with Home Assistant Cloud, whose servers are a stand-in. Nobody is logged in. */
export async function startCoreWithCloud(installation: CoreInstallation): Promise<CoreWithCloud> {
  await using undo = new AsyncDisposableStack();
  const cloud = undo.use(await startCloudStandIn());
  const directory = await createConfigDirectory(installation);
  undo.defer(() => rm(directory, { recursive: true, force: true }));
  await writeRemoteCertificate(join(directory, ".cloud"));
  const { configuration, environment } = cloud;
  const core = undo.use(await startCore({ installation, directory, configuration, environment }));
  const rest = createCoreRest(core.url, core.token);
  const client = undo.use(await connectToCore(core.url, core.token));
  const state = async () => (await client.command<{ cloud: string }>({ type: "cloud/status" })).cloud;
  const running = undo.move();
  return {
    core,
    cloud,
    async logIn() {
      await rest.post("/api/cloud/login", { email: "owner@home.example", password: "any" });
      await vi.waitFor(() => expect(cloud.announced()).not.toBeNull());
    },
    logOut: async () => void (await rest.post("/api/cloud/logout", {})),
    async setConnected(isConnected) {
      cloud.setReachable(isConnected);
      await vi.waitFor(async () => expect(await state()).toBe(isConnected ? "connected" : "connecting"));
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Without a certificate for remote access, a login would order one and could wait for it forever. */
async function writeRemoteCertificate(directory: string): Promise<void> {
  await mkdir(directory);
  await writeFile(join(directory, "remote_fullchain.pem"), CERTIFICATE);
  await writeFile(join(directory, "remote_private.pem"), CERTIFICATE_KEY);
}
