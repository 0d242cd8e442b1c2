import { join } from "node:path";

import type { AppSettings } from "../../../src/app/process/settings.ts";
import { ALARM_CONTACTS } from "../alarms/alarm-people.ts";
import type { AppParts } from "../bundle/app-parts.ts";
import type { History, LifeRecord } from "../model/history.ts";
import { ACCOUNT_SID, AUTH_TOKEN, OURS, PUBLIC_URL } from "../neighbours/twilio-account.ts";
import { createLifeTransport } from "../network/life-transport.ts";
import type { Network } from "../network/network.ts";
import type { Schedule } from "../schedule/schedule.ts";
import type { Effect } from "./effects.ts";
import { createLife } from "./life.ts";
import type { Handle, Life } from "./life.ts";
import type { RandomStreams } from "./random-streams.ts";
import type { Scheduler } from "./scheduler.ts";
import { createSimulatedDisk } from "./simulated-disk.ts";
import type { CrashKind, DiskState, SimulatedDisk } from "./simulated-disk.ts";
import { setBootId } from "./simulated-fs.ts";
import type { Trace } from "./trace.ts";

const ADDON = join(import.meta.dirname, "../../../addon");

/** The time after which a stopping process ends, even if it still waits for something. `main.ts` has the same limit. */
const STOP_WITHIN_MS = 4_500;

export interface ComputerOptions {
  readonly app: AppParts;
  /** The folder for the files of all lives. */
  readonly folder: string;
  readonly network: Network;
  readonly scheduler: Scheduler;
  readonly streams: RandomStreams;
  readonly wall: () => number;
  readonly history: History;
  readonly trace: Trace;
  /** The options of the app. */
  readonly settings: Pick<Schedule, "isAddressGiven" | "messagesPerDay" | "callsPerDay" | "alarms">;
  /** Runs before each effect of a life, and may crash the life. */
  readonly onEffect: (effect: Effect, detail: string) => void;
}

/** The computer on which the app runs. It starts the app, ends it in three ways, and keeps its disk in between. */
export interface Computer {
  /** The state of the disk, which does not depend on the app. */
  readonly disk: DiskState;
  isRunning(): boolean;
  /** How many things of this kind the running app keeps open. */
  openNow(what: Handle): number;
  openDatabases(): number;
  start(): void;
  crash(how: CrashKind, downMs: number): void;
  /** Asks the app to stop. The app starts again `downMs` after its end, unless that is null. */
  stop(downMs: number | null): void;
  /** Ends the app if it runs, and removes all files. */
  dispose(): void;
}

/** Creates a computer whose disk has the content of the folder `life-1` of `folder`. */
export function createComputer(options: ComputerOptions): Computer {
  const { app, folder, network, scheduler, streams, history, trace } = options;
  const random = streams("crash");
  const parsed = optionsOf(app, options.settings);
  const state: DiskState = { isFull: false, commitMs: 0 };
  let boots = 1;
  let number = 1;
  let life: Life | null = null;
  let stop = Promise.withResolvers<void>();
  let disk = openDisk();

  function openDisk(): SimulatedDisk {
    return createSimulatedDisk({
      directory: join(folder, `life-${number}`),
      state,
      onCommit: (when) => void life?.effect(when === "before" ? "commits" : "has committed"),
      onSlow: scheduler.block,
      onUnsynced: () => void history.faults.push("a commit is reported before it is on the disk"),
    });
  }

  function start(): void {
    if (life !== null) return;
    const record: LifeRecord = { number, startedAt: scheduler.elapsed(), endedAt: null, how: null };
    history.lives.push(record);
    trace.note(`life ${number} starts`);
    setBootId(`boot-${boots}`);
    stop = Promise.withResolvers<void>();
    const begun = createLife({
      number,
      scheduler,
      wall: options.wall,
      random: streams(`life ${number}`),
      onEffect: options.onEffect,
      onLeak: (what) => void history.faults.push(`life ${begun.number} has ended and used its ${what}`),
      onExcess: (what, count) =>
        void history.faults.push(`the app keeps ${count} ${what} open at the same time`),
    });
    life = begun;
    const { clock, chance } = begun;
    const logger = app.createAppLogger(clock, {
      level: "debug",
      // The folder has another name in each run.
      write: (line) => trace.note(`  log: ${line.slice(20).replaceAll(folder, "")}`),
      secrets: [AUTH_TOKEN],
    });
    const settings = {
      ...parsed,
      homeAssistant: { url: "http://homeassistant:8123", token: "long-lived-token" },
      dataDir: disk.directory,
      addonDir: ADDON,
      webhookPort: 8080,
      listenHost: "0.0.0.0",
      descriptors: 1_024,
      logger,
      clock,
      chance,
      transport: createLifeTransport(begun, network, app),
    };
    app.keepRunning(settings, stop.promise).then(
      () => ended(begun, record),
      (error: unknown) => {
        if (!begun.isAlive()) return;
        history.faults.push(`the app ended: ${String(error)}`);
        ended(begun, record);
      },
    );
  }

  /** The process has ended by itself. */
  function ended(which: Life, record: LifeRecord): void {
    if (!which.isAlive()) return;
    trace.note(`life ${which.number} has stopped`);
    if (disk.openDatabases() > 0) history.faults.push("a database stays open after the end of the app");
    close(which, record, "stopped", "kill");
  }

  function close(which: Life, record: LifeRecord, how: LifeRecord["how"], crash: CrashKind): void {
    which.end();
    record.endedAt = scheduler.elapsed();
    record.how = how;
    number += 1;
    const left = disk;
    left.copyTo(join(folder, `life-${number}`), crash, random);
    disk = openDisk();
    life = null;
    // The rest of this turn still needs the old files.
    scheduler.nextTurn(() => {
      which.seal();
      left.dispose();
    });
  }

  function current(): LifeRecord | undefined {
    return history.lives.at(-1);
  }

  return {
    disk: state,
    isRunning: () => life !== null,
    openNow: (what) => life?.openNow(what) ?? 0,
    openDatabases: () => disk.openDatabases(),
    start,
    crash(how, downMs) {
      const record = current();
      if (life === null || record === undefined) return;
      trace.note(`life ${life.number} crashes (${how})`);
      if (how === "power") boots += 1;
      close(life, record, how, how);
      scheduler.after(downMs, start);
    },
    stop(downMs) {
      const [stopped, record] = [life, current()];
      if (stopped === null || record === undefined) return;
      trace.note(`life ${stopped.number} is told to stop`);
      stop.resolve();
      if (downMs !== null) stopped.onEnd(() => scheduler.after(downMs, start));
      scheduler.after(STOP_WITHIN_MS, () => {
        if (stopped.isAlive()) close(stopped, record, "kill", "kill");
      });
    },
    dispose() {
      life?.end();
      life?.seal();
      disk.dispose();
    },
  };
}

type Parsed = Pick<AppSettings, "options" | "secrets">;
/** The parsed options are reused, because parsing them takes as long as the start of a life. */
const parsedOptions = new WeakMap<AppParts, Map<string, Parsed>>();

function optionsOf(app: AppParts, settings: ComputerOptions["settings"]): Parsed {
  const ofApp = parsedOptions.get(app) ?? new Map<string, Parsed>();
  parsedOptions.set(app, ofApp);
  const { isAddressGiven, messagesPerDay, callsPerDay, alarms } = settings;
  const key = JSON.stringify([isAddressGiven, messagesPerDay, callsPerDay, alarms?.triesPerDay]);
  const options = ofApp.get(key) ?? parseOptions(app, settings);
  ofApp.set(key, options);
  return options;
}

function parseOptions(
  app: AppParts,
  { isAddressGiven, messagesPerDay, callsPerDay, alarms }: ComputerOptions["settings"],
): Parsed {
  const parsed = app.parseOptions({
    account_sid: ACCOUNT_SID,
    auth_token: AUTH_TOKEN,
    ...(isAddressGiven ? { public_url: PUBLIC_URL } : {}),
    default_sender: OURS,
    install_scripts: false,
    ...(alarms === undefined ? {} : { contacts: ALARM_CONTACTS }),
    limits: {
      messages_per_day: messagesPerDay,
      calls_per_day: callsPerDay,
      ...(alarms === undefined ? {} : { alarm_tries_per_day: alarms.triesPerDay }),
    },
  });
  if (!parsed.ok) throw new Error(parsed.faults.join("\n"));
  return { options: parsed.options, secrets: parsed.secrets };
}
