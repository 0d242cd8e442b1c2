import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createAlarmHouse } from "../alarms/alarm-house.ts";
import { ALARM_CONTACTS, alarmNameIn } from "../alarms/alarm-people.ts";
import { createPeople } from "../alarms/people.ts";
import type { AppParts } from "../bundle/app-parts.ts";
import { watchCoverage } from "../coverage/coverage.ts";
import type { Coverage } from "../coverage/coverage.ts";
import { createComputer } from "../machine/computer.ts";
import type { Computer } from "../machine/computer.ts";
import { prepareDisk } from "../machine/prepare-disk.ts";
import { createRandomStreams } from "../machine/random-streams.ts";
import { createScheduler } from "../machine/scheduler.ts";
import type { Scheduler } from "../machine/scheduler.ts";
import { createTrace } from "../machine/trace.ts";
import type { Trace } from "../machine/trace.ts";
import { useVirtualGlobals } from "../machine/virtual-globals.ts";
import { createHistory } from "../model/history.ts";
import type { History, RefusedEvent } from "../model/history.ts";
import { createAutomations } from "../neighbours/automations.ts";
import { createHomeAssistant } from "../neighbours/home-assistant.ts";
import { RELAY_URL } from "../neighbours/twilio-account.ts";
import { createTwilio } from "../neighbours/twilio.ts";
import { createNetwork } from "../network/network.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { createWorld } from "./world.ts";
import type { World } from "./world.ts";

/** Noon of a day in March, in milliseconds since 1970. */
const BEGINNING = Date.UTC(2026, 2, 10, 12);
/** The time at which the app worked on this computer before. */
const EARLIER = BEGINNING - 3_600_000;
const TWILIO_HOSTS = ["api", "monitor", "messaging", "voice", "serverless"].map(
  (name) => `${name}.twilio.com`,
);

/** A computer with its neighbours, and the record of what they do. Disposing removes everything. */
export interface Simulation extends Disposable {
  readonly scheduler: Scheduler;
  readonly computer: Computer;
  readonly world: World;
  readonly history: History;
  readonly trace: Trace;
}

/** Creates the computer and its neighbours for a schedule. Nothing runs yet. */
export function openSimulation(app: AppParts, schedule: Schedule, coverage: Coverage): Simulation {
  using undo = new DisposableStack();
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "simulation-"));
  undo.defer(() => rmSync(folder, { recursive: true, force: true }));
  const streams = createRandomStreams(schedule.seed);
  const scheduler = createScheduler(streams("order"));
  undo.use(useVirtualGlobals(scheduler));
  const trace = createTrace(scheduler.elapsed);
  const history = createHistory();
  const clock = { aheadMs: 0 };
  const trueTime = (): number => BEGINNING + scheduler.elapsed();
  const wall = (): number => trueTime() + clock.aheadMs;

  const home = createHomeAssistant({
    random: streams("Home Assistant"),
    wall: trueTime,
    onFired(type, data, sentAt) {
      trace.note(`Home Assistant fires ${type} ${JSON.stringify(data)}`);
      history.fired.push({ type, data, sentAt, at: scheduler.elapsed(), wall: wall() });
      automations.hear(type, data);
      alarmHouse.hear(type, data);
    },
    onPush(service, data) {
      const alarm = alarmNameIn(JSON.stringify(data));
      const to = ALARM_CONTACTS.find(({ push }) => push === service)?.number ?? "";
      if (alarm !== null)
        history.alarms.activity.push({ name: alarm, at: scheduler.elapsed(), what: "push", to });
      people.getPush(service, data);
    },
    onRefused(type, data) {
      const refused: RefusedEvent = { type, data, at: scheduler.elapsed(), knownAt: null };
      history.refused.push(refused);
      return () => void (refused.knownAt = scheduler.elapsed());
    },
  });
  const automations = createAutomations({ home, scheduler, random: streams("automations"), history });
  const alarmHouse = createAlarmHouse({ home, scheduler, history, wall: trueTime });
  const people = createPeople({
    random: streams("people"),
    scheduler,
    mood: schedule.alarms?.mood ?? "nobody",
    history: history.alarms,
    write: (from, body) => twilio.receiveMessage(from, body),
    call: (from) => twilio.receiveCall(from),
    press: (action) => home.emit("mobile_app_notification_action", { action }, () => {}),
  });
  const network = createNetwork(scheduler, home, ({ body }) => {
    const sid = new URLSearchParams(body).get("CallSid");
    const item = history.received.find((one) => one.sid === sid);
    item?.notes.push({ at: scheduler.elapsed(), overdueMs: -Infinity });
  });
  const twilio = createTwilio({
    network,
    home,
    receiving: schedule.receiving,
    scheduler,
    streams,
    now: trueTime,
    history,
    people,
  });
  for (const host of TWILIO_HOSTS) network.hosts.set(host, twilio.api);
  network.hosts.set("sync.twilio.com", twilio.relay.answers);
  network.hosts.set(new URL(RELAY_URL).hostname, twilio.relay.address);
  network.hosts.set("homeassistant", home);

  prepareDisk(app, folder, schedule, EARLIER);
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
    onEffect(effect, detail) {
      trace.note(`${effect} ${detail}`);
      watch.effect(effect);
      world.effect(effect, detail);
    },
  });
  undo.defer(() => computer.dispose());
  const neighbours = { home, twilio, automations, alarmHouse, people, network };
  const world = createWorld({ ...neighbours, computer, clock, history, watch, scheduler, trace });

  const opened = undo.move();
  return { scheduler, computer, world, history, trace, [Symbol.dispose]: () => opened.dispose() };
}
