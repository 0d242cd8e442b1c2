import { z } from "zod";

/** The release the suite is written against; HASS_VERSION overrides it, so that CI can test two. */
export const CORE_VERSION = process.env["HASS_VERSION"] ?? "2026.11.0";

/** A Home Assistant Core that can be started. Plain data: vitest hands it from the set-up to the tests. */
export interface CoreInstallation {
  readonly version: string;
  /** The `hass` program, as seen from inside `root` where there is one. */
  readonly hass: string;
  /** The Debian tree to `chroot` into, or null where `hass` runs on this system itself. */
  readonly root: string | null;
  /** All requirements are in place, so that a start needs no network. */
  readonly complete: boolean;
}

/** Checks the stored data of an installation. */
export const installationSchema: z.ZodType<CoreInstallation> = z.object({
  version: z.string(),
  hass: z.string(),
  root: z.string().nullable(),
  complete: z.boolean(),
});

/** No Home Assistant Core can be had on this machine; the message says why in a sentence. */
export class CoreUnavailableError extends Error {
  override readonly name = "CoreUnavailableError";
}
