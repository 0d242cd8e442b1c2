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

/**
 * The pause before the second attempt to start, in milliseconds. Each further pause is twice as long, up to
 * `LONGEST_PAUSE_MS`.
 */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 8_000;
/** While the same problem lasts, the app logs it again after this time, in milliseconds. */
const LOG_AGAIN_MS = 3_600_000;

/**
 * Starts the app. While it cannot use its data folder (full disk, read-only file system), it answers 503 on its ports
 * and tries again. If the process ended instead, Supervisor would restart it only a few times.
 *
 * @param trust how far the app trusts the journal (its database): less after this process has found damage in it
 * @returns null if `ended` resolves before the app could start
 * @throws any other error, because another attempt would not help
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
        const problem = diskProblemOf(error);
        if (problem === null) throw error;
        outage ??= createOutage(settings);
        await outage.serve(problem, error);
      }
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** tries, LONGEST_PAUSE_MS);
      if ((await waitUnlessEnded(settings.clock, pauseMs, ended)) === "ended") return null;
    }
  } finally {
    await outage?.close();
  }
}

type Outage = ReturnType<typeof createOutage>;

/** Logs why the app cannot start, and answers 503 between its attempts to start. */
function createOutage(settings: AppSettings) {
  const { clock, logger, dataDir } = settings;
  let present: DiskProblem = "full";
  let logged: DiskProblem | null = null;
  let loggedAt = 0;
  let listeners: AsyncDisposable | null = null;

  function log(error: unknown): void {
    if (logged === present && clock.now() - loggedAt < LOG_AGAIN_MS) {
      logger.debug(
        `The app still cannot start, for the same reason: ${describeDiskProblem(present)} (${reason(error)}).`,
      );
      return;
    }
    logged = present;
    loggedAt = clock.now();
    logger.error(
      `The app cannot start: ${describeDiskProblem(present)} (${dataDir}: ${reason(error)}). ${ADVICE[present]} The app tries again every few seconds. Meanwhile it answers Twilio with 503. You do not need to restart it.`,
    );
  }

  async function close(): Promise<void> {
    await listeners?.[Symbol.asyncDispose]();
    listeners = null;
  }

  return {
    close,
    async serve(problem: DiskProblem, error: unknown): Promise<void> {
      present = problem;
      listeners ??= await serveOutage(settings, () => present);
      log(error);
    },
    /** Closes the ports, so that the app itself can use them. */
    async end(): Promise<void> {
      await close();
      logger.info("The data folder can be used again. The app starts now.");
    },
  };
}

const ADVICE: Readonly<Record<DiskProblem, string>> = {
  full: "Free up at least some megabytes.",
  read_only: "Make the folder writable. If nobody has changed it, the disk or SD card may be failing.",
  failing: "The disk or SD card may be failing.",
};

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
