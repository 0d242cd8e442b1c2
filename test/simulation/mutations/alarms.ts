import type { Mutation } from "../bundle/mutation.ts";

export const ALARM_MUTATIONS: readonly Mutation[] = [
  {
    name: "does not continue alarms after a restart",
    file: "src/app/alarms.ts",
    from: "resume: () => runner.resume(copiedAt === null ? null : Date.parse(copiedAt)),",
    to: "resume: () => undefined,",
  },
  {
    name: "forgets that the time of an alarm has come",
    file: "src/alarms/run-alarms.ts",
    from: "if (!isOver.aborted) wake(alarm.id);",
    to: "",
  },
  {
    name: "does not move the times of an alarm with the system clock",
    file: "src/alarms/run-alarms.ts",
    from: "clockFits = clockFits.then(() => moveTimes(ms));",
    to: "",
  },
  {
    name: "calls only the first person of an alarm",
    file: "src/alarms/engine/next.ts",
    from: "if (following !== undefined) return [following];",
    to: "",
  },
  {
    name: "ends an alarm that has ended",
    file: "src/alarms/engine/next.ts",
    from: "if (hasEnded(alarm)) {",
    to: 'if (alarm.state === "closed") {',
  },
  {
    name: "stores the tries of an alarm after the alarm",
    file: "src/journal/alarms/alarm-journal.ts",
    from: "for (const command of change.commands) options.insertCommand(command);",
    to: "for (const command of change.commands) void commit(() => options.insertCommand(command)).catch(() => undefined);",
  },
  {
    name: "takes an alarm by any key",
    file: "src/alarms/changes/answer-keys.ts",
    from: "if (keys.digits !== key) return ask(",
    to: 'if (keys.digits === "") return ask(',
  },
  {
    name: "takes an alarm by any text",
    file: "src/alarms/changes/reply.ts",
    from: 'return codes.size > 0 ? "wrong" : "none";',
    to: 'return codes.size > 0 ? "wrong" : "reply";',
  },
  {
    name: "lets phones ring on after an alarm was taken",
    file: "src/alarms/changes/answer-keys.ts",
    from: 'if (answeredAt === null) return [{ kind: "cancel", sid, made }];',
    to: "if (answeredAt === null) return [];",
  },
  {
    name: "calls a person who is already being called",
    file: "src/alarms/engine/turn.ts",
    from: 'if (channel === "call" && live.some(isLiveCall)) return false;',
    to: "",
  },
  {
    name: "tells nobody that nobody took an alarm",
    file: "src/alarms/engine/end-messages.ts",
    from: 'if (alarm.state !== "unanswered" && alarm.state !== "blocked") return [];',
    to: 'if (alarm.state !== "blocked") return [];',
  },
  {
    name: "reports a late end of an alarm as missed",
    file: "src/inbound/delivered-event.ts",
    from: 'if (!BRIEF_STATES.has(data["state"])) return { type, data: withAge };',
    to: "",
  },
  {
    name: "ends a late alarm before it has called anybody",
    file: "src/alarms/changes/start.ts",
    from: "const isDelayed = now - firedAt > DELAYED_MS;",
    to: "const isDelayed = false as boolean;",
  },
  {
    name: "ends an alarm at once that a late start has opened again",
    file: "src/alarms/changes/start.ts",
    from: "const time = timeToAsk(laterGiveUpAt(alarm, start), alarm, start, context.now);",
    to: "const time = { giveUpAt: laterGiveUpAt(alarm, start), isExtended: false };",
  },
  {
    name: "asks again at once whether an alarm is over that waits for a person on the line",
    file: "src/alarms/engine/next.ts",
    from: "if (now >= alarm.giveUpAt) return lastTurns(turns);",
    to: 'if (now >= alarm.giveUpAt && lastTurns(turns).kind === "end") return lastTurns(turns);',
  },
  {
    name: "refuses an alarm when it stops with a full disk",
    file: "src/alarms/intake/accept-alarm.ts",
    from: "const isAskedAgain = options.isTransient(error);",
    to: "const isAskedAgain = false as boolean;",
  },
  {
    name: "takes an alarm without storing it",
    file: "src/alarms/run-alarms.ts",
    from: "return isUnchanged(stored, result) ? null : result;",
    to: "return isUnchanged(stored, result) || result.alarm.taken !== null ? null : result;",
  },
  {
    name: "never reminds the person who took an alarm",
    file: "src/alarms/engine/reminder.ts",
    from: "if (remindSeconds === 0 || owner === undefined) {",
    to: "if (remindSeconds >= 0 || owner === undefined) {",
  },
  {
    name: "does not open an alarm again when nobody answers the reminder",
    file: "src/alarms/engine/reminder.ts",
    from: 'wasNotAsked(reminders) ? { kind: "wait", until } : { kind: "reopen" };',
    to: 'wasNotAsked(reminders) ? { kind: "wait", until } : { kind: "wait", until: null };',
  },
  {
    name: "lets a person on an alarm's call wait until the key is stored",
    file: "src/alarms/alarm-call.ts",
    from: "return (await isInTime(changing)) ? step : askAgain(found);",
    to: "await changing; return step;",
  },
];
