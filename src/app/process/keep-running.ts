import type { JournalTrust } from "../../journal/database/recover.ts";
import type { AppSettings } from "./settings.ts";
import { startWhenPossible } from "./start-when-possible.ts";
import { waitUnlessEnded } from "./wait-unless-ended.ts";

/**
 * How far the app trusts the journal (its database) at a start. The index is the number of times that this process has
 * found the journal damaged.
 */
const TRUST_AFTER: readonly JournalTrust[] = ["trusted", "suspect"];

/**
 * Runs the app until `stopped` resolves. If the journal is damaged, it restarts the app.
 *
 * @throws an error that another start would not solve
 */
export async function keepRunning(settings: AppSettings, stopped: Promise<void>): Promise<void> {
  const ended = stopped.then(() => "ended" as const);
  for (let damages = 0; ; damages += 1) {
    const trust = TRUST_AFTER[damages] ?? "condemned";
    const app = await startWhenPossible(settings, trust, ended);
    if (app === null) return;
    const end = await Promise.race([ended, app.damaged]);
    if (end === "ended") return await app[Symbol.asyncDispose]();
    settings.logger.error(
      "The app met damage in its database, so it restarts and checks the database. If it has to use a copy or a new database, a notification in Home Assistant says what is lost.",
    );
    await app[Symbol.asyncDispose]();
    // Wait longer before each further start. If the journal is damaged again and again, the disk is failing.
    const pauseMs = damages === 0 ? 0 : Math.min(1_000 * 2 ** damages, 60_000);
    if ((await waitUnlessEnded(settings.clock, pauseMs, ended)) === "ended") return;
  }
}
