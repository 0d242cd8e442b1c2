import type { AlarmHouse } from "../alarms/alarm-house.ts";
import type { People } from "../alarms/people.ts";
import type { CoverageWatch } from "../coverage/coverage.ts";
import type { Computer } from "../machine/computer.ts";
import type { Effect } from "../machine/effects.ts";
import type { Scheduler } from "../machine/scheduler.ts";
import type { Trace } from "../machine/trace.ts";
import type { History } from "../model/history.ts";
import type { Automations } from "../neighbours/automations.ts";
import type { HomeAssistant } from "../neighbours/home-assistant.ts";
import type { Twilio } from "../neighbours/twilio.ts";
import type { Network } from "../network/network.ts";
import type { Action } from "../schedule/schedule.ts";

export interface WorldOptions {
  readonly home: HomeAssistant;
  readonly twilio: Twilio;
  readonly automations: Automations;
  readonly alarmHouse: Pick<AlarmHouse, "act">;
  readonly people: Pick<People, "callBack">;
  readonly computer: Computer;
  readonly network: Network;
  /** How much the computer's clock is ahead of the true time. */
  readonly clock: { aheadMs: number };
  readonly history: History;
  readonly watch: CoverageWatch;
  readonly scheduler: Scheduler;
  readonly trace: Trace;
}

type Crash = Extract<Action, { readonly kind: "crash" }>;
type Meeting = Extract<Action, { readonly kind: "message meets" }>;

/** Everything around the app. It does what the steps of a schedule say. */
export interface World {
  act(action: Action): void;
  /** Runs before each effect of the app. */
  effect(effect: Effect, detail: string): void;
  /** Ends all faults. */
  heal(): void;
  /** Sends a message to the app and requests one, to see whether the app still works. */
  probe(): void;
  /** Notes what the app has left open after its end. */
  checkEnd(): void;
  /** The state of the app and its neighbours, in two words. */
  state(): string;
}

/**
 * The most that is open when all is quiet. The waits are those for upkeep, pings and limited log lines. Callers may
 * still be on the line.
 */
const MOST_QUIET = { waits: 30, requests: 6, sockets: 1, webhooks: 6 } as const;
/** The most databases that the app keeps open: the journal and its lock. */
const MOST_DATABASES = 2;
const NORMAL_LATENCY = [1, 20] as const;
/** About how long Twilio tries to deliver a webhook. */
const UNANSWERED_MS = 20_000;
/** Actions that are no fault. A planned crash becomes a fault only when it happens. */
const NO_FAULT: ReadonlySet<Action["kind"]> = new Set([
  "message comes",
  "message meets",
  "call comes",
  "callers hang up",
  "automation asks",
  "alarm starts",
  "alarm is asked",
  "person calls",
  "crash",
]);

/** Applies the actions of a schedule to the neighbours, the network and the machine of one run. */
export function createWorld(options: WorldOptions): World {
  const { home, twilio, automations, computer, clock, history, watch, scheduler, trace } = options;
  let crashes: { readonly crash: Crash; isDue: boolean; left: number }[] = [];
  let meetings: { readonly meeting: Meeting; left: number }[] = [];

  function setDisk(isFull: boolean, commitMs: number): void {
    const { disk } = computer;
    if (isFull && !disk.isFull) history.fullDisk.push({ from: scheduler.elapsed(), to: Infinity });
    const last = history.fullDisk.at(-1);
    if (!isFull && last?.to === Infinity) last.to = scheduler.elapsed();
    disk.isFull = isFull;
    disk.commitMs = commitMs;
  }

  function act(action: Action): void {
    trace.note(`» ${JSON.stringify(action)}`);
    if (!NO_FAULT.has(action.kind)) watch.fault(action.kind);
    switch (action.kind) {
      case "message comes":
        return twilio.receiveMessage(action.from, "hello");
      case "message meets":
        return void meetings.push({ meeting: action, left: action.times });
      case "call comes":
        return twilio.receiveCall(action.from);
      case "callers hang up":
        return twilio.hangUp();
      case "automation asks":
        return automations.ask(action.wish);
      case "alarm starts":
      case "alarm is asked":
        return options.alarmHouse.act(action);
      case "person calls":
        return options.people.callBack(action.person, action.presses);
      case "Twilio fails":
        return void twilio.api.faults[action.on].push(...action.faults);
      case "webhooks fail":
        return void twilio.webhooks.faults.push(...action.faults);
      case "relay fails":
        return void twilio.relay.faults.push(...action.faults);
      case "note is forged":
        return twilio.relay.forge(action.forgery);
      case "Home Assistant becomes":
        home.become(action.state);
        scheduler.after(action.forMs, () => home.become("running"));
        return;
      case "connection is lost":
        home.behaviour.isCutSilent = action.isSilent;
        home.behaviour.framesUntilCut = action.afterFrames;
        return;
      case "Home Assistant is slow":
        home.behaviour.latencyMs = action.latencyMs;
        return;
      case "Home Assistant refuses the token":
        home.behaviour.refusesToken = true;
        return;
      case "Home Assistant refuses events":
        home.behaviour.refusesEvents = action.code;
        return;
      case "Home Assistant does not answer":
        home.behaviour.ignoresEvents = action.ignoresEvents;
        return;
      case "disk":
        return setDisk(action.isFull, action.commitMs);
      case "clock is set":
        clock.aheadMs += action.aheadMs;
        history.clockChanges.push({ at: scheduler.elapsed(), ms: action.aheadMs });
        return;
      case "crash":
        return void crashes.push({ crash: action, isDue: action.after === null, left: action.times });
      case "restart":
        return computer.stop(action.downMs);
    }
  }

  function checkQuiet(): void {
    for (const [what, most] of Object.entries(MOST_QUIET)) {
      const count = computer.openNow(what as keyof typeof MOST_QUIET);
      if (count > most) history.faults.push(`the app keeps ${count} ${what} open when nothing goes on`);
    }
    const databases = computer.openDatabases();
    if (databases > MOST_DATABASES) history.faults.push(`the app keeps ${databases} databases open`);
  }

  return {
    act,
    effect(effect, detail) {
      for (const planned of meetings) if (isMet(planned.meeting, effect, detail)) planned.left -= 1;
      for (const { meeting } of meetings.filter(({ left }) => left <= 0))
        scheduler.after(0, () => twilio.receiveMessage(meeting.from, "hello", 0));
      meetings = meetings.filter(({ left }) => left > 0);
      const due = crashes.find(
        (planned) => planned.isDue && isMet(planned.crash, effect, detail) && (planned.left -= 1) <= 0,
      );
      for (const planned of crashes) planned.isDue ||= planned.crash.after === effect;
      if (due === undefined) return;
      crashes = crashes.filter((planned) => planned !== due);
      watch.fault(`${due.crash.how} as it ${effect}`);
      computer.crash(due.crash.how, due.crash.downMs);
    },
    heal() {
      crashes = [];
      meetings = [];
      twilio.api.faults.send.length = 0;
      twilio.api.faults.read.length = 0;
      twilio.webhooks.faults.length = 0;
      twilio.relay.faults.length = 0;
      setDisk(false, 0);
      home.behaviour.latencyMs = NORMAL_LATENCY;
      home.behaviour.refusesToken = false;
      home.behaviour.refusesEvents = null;
      home.behaviour.framesUntilCut = null;
      // Open requests to Core are never answered, so the app must connect again.
      if (home.behaviour.ignoresEvents) home.cut(false);
      home.behaviour.ignoresEvents = false;
      home.become("running");
      trace.note("» from now on all goes well");
    },
    probe() {
      trace.note("» a probe");
      checkQuiet();
      twilio.receiveMessage("+12125550199", "probe");
      automations.probe();
    },
    checkEnd() {
      if (options.network.ports.size > 0) history.faults.push("a port stays open after the end of the app");
      if (computer.isRunning()) history.faults.push("the app does not end");
    },
    state() {
      const now = scheduler.elapsed();
      const isAsked = history.asked.some(({ endedAt }) => endedAt === null);
      const hasWebhook = history.webhooks.some(({ sentAt, acceptedAt }) =>
        acceptedAt === null ? now - sentAt < UNANSWERED_MS : now - acceptedAt < 1_000,
      );
      const work = isAsked ? (hasWebhook ? "both" : "asked") : hasWebhook ? "webhook" : "idle";
      return `${home.behaviour.state} and ${work}`;
    },
  };
}

/** Whether a planned action waits for this effect. */
function isMet({ at, having = "" }: Crash | Meeting, effect: Effect, detail: string): boolean {
  return at === effect && detail.includes(having);
}
