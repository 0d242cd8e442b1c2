import { existsSync } from "node:fs";
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

import { type CoreInstallation, installationSchema } from "./core-installation.ts";

/** Raise it whenever a new installation gets something that the ones already on disk lack: they are then redone. */
const RECIPE = 2;

const markerSchema = z.object({ recipe: z.literal(RECIPE), installation: installationSchema });

/** The installation that a marker points to; null if there is none, if it is gone or if an older recipe made it. */
export async function readMarker(marker: string): Promise<CoreInstallation | null> {
  if (!existsSync(marker)) return null;
  const { success, data } = markerSchema.safeParse(JSON.parse(await readFile(marker, "utf8")));
  if (!success) return null;
  const { installation } = data;
  return existsSync(join(installation.root ?? "/", installation.hass)) ? installation : null;
}

/** Marks an installation as whole. */
export async function writeMarker(marker: string, installation: CoreInstallation): Promise<void> {
  await writeFile(`${marker}.new`, JSON.stringify({ recipe: RECIPE, installation }));
  await rename(`${marker}.new`, marker);
}

/** Removes the directories that no marker points to: they were left by an installation that was interrupted. */
export async function removeUnfinished(directory: string): Promise<void> {
  const names = await readdir(directory);
  const markers = await Promise.all(
    names.filter((name) => name.endsWith(".json")).map((name) => readFile(join(directory, name), "utf8")),
  );
  for (const name of names.filter((each) => /^core-[^/]+-[0-9a-f]{8}$/.test(each))) {
    if (markers.some((marker) => marker.includes(name))) continue;
    await rm(join(directory, name), { recursive: true, force: true });
  }
}
