import { existsSync } from "node:fs";
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

import { type CoreInstallation, installationSchema } from "./core-installation.ts";

/**
 * The version of the installation steps. Raise it if new installations need something that existing ones lack. Those
 * are then made again.
 */
const RECIPE = 2;

const markerSchema = z.object({ recipe: z.literal(RECIPE), installation: installationSchema });

/**
 * The installation in a marker. Null if there is no marker, or if the installation is gone or has an older recipe.
 */
export async function readMarker(marker: string): Promise<CoreInstallation | null> {
  if (!existsSync(marker)) return null;
  const { success, data } = markerSchema.safeParse(JSON.parse(await readFile(marker, "utf8")));
  if (!success) return null;
  const { installation } = data;
  return existsSync(join(installation.root ?? "/", installation.hass)) ? installation : null;
}

/** Marks an installation as complete. */
export async function writeMarker(marker: string, installation: CoreInstallation): Promise<void> {
  await writeFile(`${marker}.new`, JSON.stringify({ recipe: RECIPE, installation }));
  await rename(`${marker}.new`, marker);
}

/** Removes directories that no marker names. They come from installations that were interrupted. */
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
