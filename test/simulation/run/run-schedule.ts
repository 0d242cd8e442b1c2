import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";

import type { AppParts } from "../bundle/app-parts.ts";
import { watchCoverage } from "../coverage/coverage.ts";
import type { Coverage } from "../coverage/coverage.ts";
import { createComputer, prepareDisk } from "../machine/computer.ts";
import type { Effect } from "../machine/effects.ts";
import { createLife } from "../machine/life.ts";
import { createRandomStreams } from "../machine/random-streams.ts";
import { createScheduler } from "../machine/scheduler.ts";
import { createTrace } from "../machine/trace.ts";
import { useVirtualGlobals } from "../machine/virtual-globals.ts";
import { checkHistory } from "../model/check-history.ts";
import { createHistory } from "../model/history.ts";
import { createAutomations } from "../neighbours/automations.ts";
import { createHomeAssistant } from "../neighbours/home-assistant.ts";
import { createTwilio } from "../neighbours/twilio.ts";
import { createNetwork } from "../network/network.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { createWorld } from "./world.ts";

/** Noon of a day in March, in milliseconds since 1970. */
const BEGINNING = Date.UTC(2026, 2, 10, 12);
/** So long after the last step what goes wrong goes on, in milliseconds. */
const FAULTS_LAST_MS = 20_000;
/** After that all goes well for so long, in milliseconds: every deadline passes. */
const SETTLE_MS = 220_000;
const PROBE_MS = 30_000;
const STOP_MS = 6_000;

export interface RunReport {
  /** What was found to be wrong, in sentences; none if all is well. */
  readonly faults: readonly string[];
  readonly trace: readonly string[];
  /** Equal for equal runs. */
  readonly hash: string;
  /** Starts of the app. */
  readonly lives: number;
}

/** Runs a schedule to its end, on virtual time, and looks what is wrong. */
export async function runSchedule(app: AppParts, schedule: Schedule, coverage: Coverage): Promise<RunReport> {
  const folder = mkdtempSync(join("/dev/shm", "simulation-"));
  const streams = createRandomStreams(schedule.seed);
  const scheduler = createScheduler(streams("order"));
  using undo = new DisposableStack();
  undo.use(useVirtualGlobals(scheduler));
  const trace = createTrace(scheduler.elapsed);
  const history = createHistory();
  const clock = { aheadMs: 0 };
  const trueTime = (): number => BEGINNING + scheduler.elapsed();
  const wall = (): number => trueTime() + clock.aheadMs;
  const stray = (error: unknown): void => void history.faults.push(`nobody handled: ${describe(error)}`);
  process.on("unhandledRejection", stray);
  undo.defer(() => void process.off("unhandledRejection", stray));
  undo.defer(() => rmSync(folder, { recursive: true, force: true }));

  const home = createHomeAssistant({
    random: streams("Home Assistant"),
    wall: trueTime,
    onFired(type, data) {
      trace.note(`Home Assistant fires ${type} ${JSON.stringify(data)}`);
      history.fired.push({ type, data, at: scheduler.elapsed(), wall: wall() });
      automations.hear(type, data);
    },
    onRefused: (type, data) => void history.refused.push({ type, data }),
  });
  const automations = createAutomations({ home, scheduler, random: streams("automations"), history });
  const network = createNetwork(scheduler, home);
  const twilio = createTwilio({ network, scheduler, streams, now: trueTime, history });
  for (const host of ["api", "monitor", "messaging", "voice"])
    network.hosts.set(`${host}.twilio.com`, twilio.api);
  network.hosts.set("homeassistant", home);

  const watch = watchCoverage(coverage, () => world.state());
  const computer = createComputer({
    app,
    folder,
    network,
    scheduler,
    streams,
    wall,
    history,
    trace,
    settings: schedule,
    onEffect(effect: Effect, detail) {
      trace.note(`${effect} ${detail}`);
      watch.effect(effect);
      world.effect(effect);
    },
  });
  const world = createWorld({
    home,
    twilio,
    automations,
    computer,
    network,
    clock,
    history,
    watch,
    scheduler,
    trace,
  });

  try {
    const earlier = createLife({
      number: 0,
      scheduler,
      wall: () => BEGINNING - 3_600_000,
      random: streams("life 0"),
      onEffect() {},
      onLeak() {},
    });
    prepareDisk(app, folder, schedule.journal, earlier);
    computer.start();
    for (const { at, action } of schedule.steps) scheduler.after(at, () => world.act(action));
    const lastAt = Math.max(0, ...schedule.steps.map(({ at }) => at));
    await scheduler.runUntil(lastAt + FAULTS_LAST_MS);
    world.heal();
    await scheduler.runUntil(lastAt + FAULTS_LAST_MS + SETTLE_MS);
    // What is left behind until something else comes by is a fault as well.
    const before = checkHistory(history, schedule);
    world.probe();
    await scheduler.runUntil(scheduler.elapsed() + PROBE_MS);
    history.faults.push(...new Set([...before, ...checkHistory(history, schedule)]));
    computer.stop(null);
    await scheduler.runUntil(scheduler.elapsed() + STOP_MS);
    world.checkEnd();
  } catch (error) {
    history.faults.push(`the run broke off: ${describe(error)}`);
  } finally {
    computer.dispose();
  }
  return { faults: history.faults, trace: trace.lines(), hash: trace.hash(), lives: history.lives.length };
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
