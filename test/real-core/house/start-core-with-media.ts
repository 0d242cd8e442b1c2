import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { JPEG, MP3, PNG } from "../../media/sample-files.ts";
import { startHttp } from "../../sockets/start-server.ts";
import type { CoreInstallation } from "../install/core-installation.ts";
import { addCamera } from "./add-camera.ts";
import { createConfigDirectory } from "./core/config-directory.ts";
import { createCoreRest } from "./core/core-rest.ts";
import { startCore } from "./core/start-core.ts";
import type { RunningCore } from "./core/start-core.ts";

/**
 * Starts a Core with `camera.door`, `image.plan` and a media folder with `bell sound.mp3`. It also has `camera.broken`,
 * whose file is gone. The cameras are made in the integration's dialog, as a user makes them.
 */
export async function startCoreWithMedia(installation: CoreInstallation): Promise<RunningCore> {
  await using undo = new AsyncDisposableStack();
  const pictures = undo.use(
    await startHttp((_request, response) => {
      response.writeHead(200, { "Content-Type": "image/png" }).end(PNG);
    }),
  );
  const directory = await createConfigDirectory(installation);
  undo.defer(() => rm(directory, { recursive: true, force: true }));
  const media = join(directory, "media");
  await mkdir(media);
  await writeFile(join(media, "door.jpg"), JPEG);
  await writeFile(join(media, "broken.jpg"), JPEG);
  await writeFile(join(media, "bell sound.mp3"), MP3);
  const configuration = `
image_upload:
media_source:
template:
  - image:
      - name: Plan
        url: "http://127.0.0.1:${pictures.port}/plan.png"
`;
  const core = undo.use(await startCore({ installation, directory, configuration }));
  const rest = createCoreRest(core.url, core.token);
  for (const name of ["door.jpg", "broken.jpg"]) await addCamera(rest, installation, join(media, name));
  await rm(join(media, "broken.jpg"));
  const running = undo.move();
  return Object.assign(core, { [Symbol.asyncDispose]: () => running.disposeAsync() });
}
