import type { Scheduler } from "../machine/scheduler.ts";
import type { History } from "../model/history.ts";
import type { HomeAssistant } from "../neighbours/home-assistant.ts";
import type { AlarmStart } from "./alarm-history.ts";
import type { AlarmAction } from "./alarm-schedule.ts";

type Data = Readonly<Record<string, unknown>>;

/** The pause after which the script repeats its request, in milliseconds. It does so for two minutes. */
const ASK_AGAIN_MS = 5_000;
const ASKS_FOR_MS = 120_000;

/** The automations that start, take and stop alarms. */
export interface AlarmHouse {
  act(action: Exclude<AlarmAction, { readonly kind: "person calls" }>): void;
  /** Reports an event on Home Assistant's bus. */
  hear(type: string, data: Data): void;
}

/** Creates the automations. The clock of Home Assistant shows the true time. */
export function createAlarmHouse({
  home,
  scheduler,
  history,
  wall,
}: {
  readonly home: HomeAssistant;
  readonly scheduler: Scheduler;
  readonly history: History;
  readonly wall: () => number;
}): AlarmHouse {
  const { alarms } = history;
  const answered = new Set<string>();
  let requests = 0;

  function ask(requestId: string, payload: object, untilMs: number): void {
    if (answered.has(requestId) || scheduler.elapsed() >= untilMs) return;
    home.emit("twilio_request", { request_id: requestId, command: "alarm", payload }, () => {});
    scheduler.after(ASK_AGAIN_MS, () => ask(requestId, payload, untilMs));
  }

  return {
    act(action) {
      requests += 1;
      const requestId = `alarm_request_${requests}`;
      const at = scheduler.elapsed();
      const fired = { fired_at: Math.floor(wall() / 1_000) };
      if (action.kind === "alarm starts") {
        const { payload } = action;
        const start: AlarmStart = { requestId, name: payload.alarm, payload, at, result: null };
        alarms.starts.push(start);
        ask(requestId, { ...payload, ...fired }, at + ASKS_FOR_MS);
        return;
      }
      const { alarm, person } = action;
      alarms.requests.push({ name: alarm, do: action.do, at });
      const who = action.do === "take" ? { person } : {};
      ask(requestId, { do: action.do, alarm, ...who, ...fired }, at + ASKS_FOR_MS);
    },
    hear(type, data) {
      if (type !== "twilio_result") return;
      answered.add(String(data["request_id"]));
      const start = alarms.starts.find(({ requestId }) => requestId === data["request_id"]);
      if (start !== undefined) start.result ??= data;
    },
  };
}
