import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createRandom } from "../../random.ts";
import type { AppParts } from "../bundle/app-parts.ts";
import { INSTALLATION, RELAY_RECORD } from "../neighbours/relay.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { createLife } from "./life.ts";
import { createScheduler } from "./scheduler.ts";

/** The content of the disk at the beginning: a journal, nothing, or only the sign of a lost journal. */
export type EarlierUse = "used" | "new" | "lost";

type EarlierApp = Pick<Schedule, "journal" | "receiving">;

/** Files by name. */
type Files = ReadonlyMap<string, Buffer>;

const templates = new WeakMap<AppParts, Map<string, Files>>();

/**
 * Makes the folder of the first life. With `used`, an app has worked there at `earlier`. With `lost`, its journal is
 * gone. The files are made once for each app, because that takes a tenth of a run's time.
 */
export function prepareDisk(
  app: AppParts,
  folder: string,
  { journal, receiving }: EarlierApp,
  earlier: number,
): void {
  const directory = join(folder, "life-1");
  mkdirSync(directory, { recursive: true });
  const made = templates.get(app) ?? new Map<string, Files>();
  templates.set(app, made);
  const kind = `${journal} ${receiving}`;
  const files = made.get(kind) ?? makeFiles(app, { journal, receiving }, earlier);
  made.set(kind, files);
  for (const [name, bytes] of files) writeFileSync(join(directory, name), bytes);
}

function makeFiles(app: AppParts, { journal, receiving }: EarlierApp, earlier: number): Files {
  if (journal === "new") return new Map();
  const directory = mkdtempSync(join(tmpdir(), "simulation-earlier-"));
  try {
    const files = app.journalFiles(directory);
    app.lockJournal(files.lock)[Symbol.dispose]();
    writeFileSync(files.used, "");
    if (journal === "used") writeJournal(app, files.journal, receiving === "relay", earlier);
    return new Map(readdirSync(directory).map((name) => [name, readFileSync(join(directory, name))]));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function writeJournal(app: AppParts, file: string, hasRelay: boolean, earlier: number): void {
  const random = createRandom(1);
  const scheduler = createScheduler(random);
  const before = {
    number: 0,
    scheduler,
    wall: () => earlier,
    random,
    onEffect() {},
    onLeak() {},
    onExcess() {},
  };
  const { clock, chance } = createLife(before);
  const limits = { messagesPerDay: 1, callsPerDay: 1 };
  const none = { copy: null, bootId: null, isExpected: false, trust: "trusted" } as const;
  using journal = app.openJournal(file, { ...none, limits, clock, chance });
  if (!hasRelay) return;
  journal.settings.setIfAbsent("webhook_id", INSTALLATION);
  app.createRelayMemory(journal.settings).set(RELAY_RECORD);
}
