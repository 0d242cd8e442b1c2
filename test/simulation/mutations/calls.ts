import type { Mutation } from "../bundle/mutation.ts";

export const CALL_MUTATIONS: readonly Mutation[] = [
  {
    name: "reads off the system clock how long a request is held",
    file: "src/calls/held-webhooks.ts",
    from: "export function createHeldWebhooks({ clock }: HeldWebhooksOptions) {",
    to: "export function createHeldWebhooks({ clock: machine }: HeldWebhooksOptions) { const clock = { ...machine, monotonic: machine.now };",
  },
  {
    name: "holds a call for longer than Twilio waits",
    file: "src/calls/held-webhooks.ts",
    from: "remainingMs: () => startedAt + holdMs - clock.monotonic(),",
    to: "remainingMs: () => startedAt + 2 * holdMs - clock.monotonic(),",
  },
  {
    name: "takes the end of a pause for the end of a step",
    file: "src/calls/call-session.ts",
    from: "if (done === null || done.step.stepId !== stepId) return await next(request);",
    to: "if (done === null) return await next(request);",
  },
  {
    name: "does not go on with steps after a restart",
    file: "src/calls/call-sessions.ts",
    from: "for (const command of journal.openCommands()) start(command);",
    to: "",
  },
  {
    name: "does not tell a step that the caller has gone",
    file: "src/calls/session-end.ts",
    from: "if (present !== null) void endAfterGracePeriod(present, by);",
    to: "",
  },
  {
    name: "calls a step done that Twilio did not get in time",
    file: "src/calls/session-end.ts",
    from: 'return talkError("not_reached");',
    to: "return null;",
  },
  {
    name: "takes a step for done when it is told to Twilio",
    file: "src/calls/call-session.ts",
    from: "    isAnswered = true;\n    isTaken = true;\n    silence.end();",
    to: "    isAnswered = true;\n    isTaken = true;\n    silence.end();\n    void present.step.end(EMPTY_STEP_RESULT, null);",
  },
  {
    name: "calls a step's time up without asking Twilio whether the call is over",
    file: "src/calls/active-step.ts",
    from: "const status = await withinTime(options.askStatus(), LAST_STATUS_MS, clock);",
    to: "const status = await Promise.resolve(null as DeliveryStatus | null);",
  },
  {
    name: "says a step after its time was up",
    file: "src/calls/active-step.ts",
    from: "if (step.deadline !== null && step.deadline <= clock.now()) return void endOverdue(step);",
    to: "",
  },
];
