import { describeDiskProblem } from "../../domain/disk-problem.ts";
import type { DiskProblem } from "../../domain/disk-problem.ts";
import { diskProblemOf } from "../../journal/database/errors.ts";
import type { JournalTrust } from "../../journal/database/recover.ts";
import { startApp } from "../app.ts";
import type { App } from "../app.ts";
import { serveOutage } from "../http/serve-outage.ts";
import { openDataFolder } from "./data-folder.ts";
import type { AppSettings } from "./settings.ts";
import { waitUnlessEnded } from "./wait-unless-ended.ts";

/** After this, in milliseconds, a start is tried again; each time twice as long, up to the longest. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 8_000;
/** The same trouble is logged again after this, in milliseconds. */
const SAY_AGAIN_MS = 3_600_000;

/**
 * Starts the app. While its data folder cannot be used (a full disk, a read-only file system), 503 is answered on its
 * ports, and it is tried again: a process that ended instead would be restarted only a few times, and not be there when
 * there is room again. `trust`: what is known of the journal from its last use in this process. Null where `ended` came first.
 *
 * @throws what no trying again can help against
 */
export async function startWhenPossible(
  settings: AppSettings,
  trust: JournalTrust,
  ended: Promise<"ended">,
): Promise<App | null> {
  let outage: Outage | null = null;
  try {
    for (let tries = 0; ; tries += 1) {
      try {
        const folder = await openDataFolder(settings, trust);
        await outage?.end();
        return await startApp(settings, folder);
      } catch (error) {
        const trouble = diskProblemOf(error);
        if (trouble === null) throw error;
        outage ??= createOutage(settings);
        await outage.serve(trouble, error);
      }
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** tries, LONGEST_PAUSE_MS);
      if ((await waitUnlessEnded(settings.clock, pauseMs, ended)) === "ended") return null;
    }
  } finally {
    await outage?.close();
  }
}

type Outage = ReturnType<typeof createOutage>;

/** Says what is wrong and serves 503, over several tries to start. */
function createOutage(settings: AppSettings) {
  const { clock, logger, dataDir } = settings;
  let present: DiskProblem = "full";
  let said: DiskProblem | null = null;
  let saidAt = 0;
  let listeners: AsyncDisposable | null = null;

  function say(error: unknown): void {
    if (said === present && clock.now() - saidAt < SAY_AGAIN_MS) {
      logger.debug(`Tried again to start: ${describeDiskProblem(present)} still (${reason(error)}).`);
      return;
    }
    said = present;
    saidAt = clock.now();
    logger.error(
      `The app cannot start: ${describeDiskProblem(present)} (${dataDir}: ${reason(error)}). ${ADVICE[present]} Until then Twilio gets 503 and the app tries again every few seconds, so that no restart is needed.`,
    );
  }

  async function close(): Promise<void> {
    await listeners?.[Symbol.asyncDispose]();
    listeners = null;
  }

  return {
    close,
    async serve(trouble: DiskProblem, error: unknown): Promise<void> {
      present = trouble;
      listeners ??= await serveOutage(settings, () => present);
      say(error);
    },
    /** Frees the ports for the app. */
    async end(): Promise<void> {
      await close();
      logger.info("The data folder can be used again, so the app starts now.");
    },
  };
}

const ADVICE: Readonly<Record<DiskProblem, string>> = {
  full: "Make room, some megabytes at least.",
  read_only: "Make the folder writable; if nobody has changed it, the disk or SD card may be failing.",
  failing: "The disk or SD card may be failing.",
};

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
