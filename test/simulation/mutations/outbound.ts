import type { Mutation } from "../bundle/mutation.ts";

export const OUTBOUND_MUTATIONS: readonly Mutation[] = [
  {
    name: "calls a repeated request failed that it cannot keep",
    file: "src/outbound/intake/accept-command.ts",
    from: 'if (known !== null) return { kind: "repeated", result: known.result };',
    to: "",
  },
  {
    name: "calls a repeated request failed that waits in the journal",
    file: "src/outbound/intake/accept-command.ts",
    from: "if (isPending(options.requests, command.requestId, command.receivedAt))",
    to: "if (command.receivedAt < 0)",
  },
  {
    name: "asks Twilio before it has noted that it does",
    file: "src/outbound/delivery/send-one.ts",
    from: "await Promise.all([mark(), stored]);",
    to: "[true, await stored, mark()];",
  },
  {
    name: "never notes that Twilio is asked",
    file: "src/outbound/delivery/send-one.ts",
    from: "await Promise.all([mark(), stored]);",
    to: "[true, await stored];",
  },
  {
    name: "sends a command that was not stored",
    file: "src/outbound/delivery/send-one.ts",
    from: "if (delivery === null || delivery.result !== null) return null;",
    to: "",
  },
  {
    name: "sends again after an error of Twilio's own",
    file: "src/twilio/rest/outcome.ts",
    from: 'return { kind: "doubt", why: `Twilio had an internal error (HTTP ${status})` };',
    to: 'return away("Twilio had an internal error");',
  },
  {
    name: "sends again after a lost connection",
    file: "src/twilio/rest/http-client.ts",
    from: "if (error instanceof TransportError) hasLeft ||= error.hasLeft;",
    to: "",
  },
  {
    name: "sends again what a crash left in doubt",
    file: "src/outbound/delivery/send-one.ts",
    from: 'const hasCrashed = earlier.state === "posting" && earlier.accepted === null;',
    to: "const hasCrashed = false;",
  },
  {
    name: "says not sent at the deadline while Twilio is being asked",
    file: "src/outbound/delivery/send-one.ts",
    from: "if (accepted === null && !isAsked) return deliveryEndOf(DEADLINE_PASSED);",
    to: "if (accepted === null) return deliveryEndOf(DEADLINE_PASSED);",
  },
  {
    name: "sends a minute after the deadline",
    file: "src/outbound/intake/make-command.ts",
    from: "const deadline = receivedAt + timeoutMs;",
    to: "const deadline = receivedAt + timeoutMs + 60_000;",
  },
  {
    name: "takes a repeated request for a new one",
    file: "src/journal/outbound/command-queue.ts",
    from: "if (known !== null) return known;",
    to: "if (known !== null) command = { ...command, requestId: `${command.requestId} ${command.receivedAt}` };",
  },
  {
    name: "lets one more through than the day's limit",
    file: "src/journal/outbound/command-queue.ts",
    from: "if (delivery.request === null || free-- > 0) return delivery;",
    to: "if (delivery.request === null || free-- >= 0) return delivery;",
  },
  {
    name: "drops what it hears while Home Assistant starts",
    file: "src/outbound/intake/request-inbox.ts",
    from: "if (!isRunning) return resolve(await save(request, receivedAt, sender));",
    to: "if (!isRunning) return resolve(true);",
  },
  {
    name: "does not go on with commands after a restart",
    file: "src/outbound/delivery/run-commands.ts",
    from: "for (const command of journal.openCommands()) start(command);",
    to: "",
  },
  {
    name: "does not answer a request that is repeated",
    file: "src/outbound/intake/accept-command.ts",
    from: "if (added.result !== null) await report(added.result);",
    to: "",
  },
  {
    name: "does not wake the delivery of events for a result",
    file: "src/outbound/delivery/run-commands.ts",
    from: "    reports.finished(command, known);",
    to: "",
  },
];
