import { z } from "zod";

/** The release for which the tests are written. HASS_VERSION overrides it, so that CI can test two releases. */
export const CORE_VERSION = process.env["HASS_VERSION"] ?? "2026.11.0";

/**
 * An installation of Home Assistant Core. It is plain data, because vitest passes it from the set-up to the tests.
 */
export interface CoreInstallation {
  readonly version: string;
  /** The path of the program `hass`, inside of `root` if there is one. */
  readonly hass: string;
  /** The Debian tree in which `hass` runs by `chroot`, or null if it runs on this system. */
  readonly root: string | null;
  /** Whether all requirements are installed, so that a start needs no network. */
  readonly complete: boolean;
}

/** Checks the stored data of an installation. */
export const installationSchema: z.ZodType<CoreInstallation> = z.object({
  version: z.string(),
  hass: z.string(),
  root: z.string().nullable(),
  complete: z.boolean(),
});

/** This machine has no Home Assistant Core, and none can be installed. The message gives the reason in a sentence. */
export class CoreUnavailableError extends Error {
  override readonly name = "CoreUnavailableError";
}
