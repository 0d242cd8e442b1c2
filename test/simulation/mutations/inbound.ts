import type { Mutation } from "../bundle/mutation.ts";

export const INBOUND_MUTATIONS: readonly Mutation[] = [
  {
    name: "answers Twilio before the webhook is kept",
    file: "src/twilio/webhooks/webhook-intake.ts",
    from: "await receiver.receive(fields, key, { kind, route, reference, receivedAt, isStale });",
    to: "void receiver.receive(fields, key, { kind, route, reference, receivedAt, isStale }).catch(() => {});",
  },
  {
    name: "counts an event as delivered before Home Assistant has answered",
    file: "src/inbound/deliver-events.ts",
    from: "const outcome = await homeAssistant.fire(type, data);",
    to: 'void homeAssistant.fire(type, data); const outcome = { kind: "fired" } as FireOutcome;',
  },
  {
    name: "repeats without a mark what may have been delivered",
    file: "src/inbound/deliver-events.ts",
    from: '      case "maybe_delivered":\n        return requeue(seq, true);',
    to: '      case "maybe_delivered":\n        return requeue(seq, false);',
  },
  {
    name: "does not read the log for an event that it could not hand over",
    file: "src/inbound/deliver-events.ts",
    from: "      wake();\n      return null;",
    to: "      return null;",
  },
  {
    name: "fires newer events while Home Assistant refuses an older one",
    file: "src/inbound/deliver-events.ts",
    from: "isProbing = true;",
    to: "isProbing = false;",
  },
  {
    name: "delivers what waits in the wrong order",
    file: "src/journal/inbound/event-log.ts",
    from: ".toSorted((a, b) => a.seq - b.seq)",
    to: ".toSorted((a, b) => b.seq - a.seq)",
  },
  {
    name: "lets a call act twice",
    file: "src/inbound/delivered-event.ts",
    from: 'const neverTwice = type === "twilio_data_received" && data["CallSid"] !== undefined;',
    to: "const neverTwice = false;",
  },
  {
    name: "takes calls for fresh for five minutes",
    file: "src/inbound/logged-event.ts",
    from: "incoming_call: 30 * SECOND,",
    to: "incoming_call: 300 * SECOND,",
  },
  {
    name: "takes messages for stale after a second",
    file: "src/inbound/logged-event.ts",
    from: "message: 10 * MINUTE,",
    to: "message: 1 * SECOND,",
  },
  {
    name: "lets statuses go backwards",
    file: "src/journal/outbound/statuses.ts",
    from: "const reported = combined(known?.reported, withStatus);",
    to: "const reported = withStatus;",
  },
  {
    name: "tells a status again that is no news",
    file: "src/journal/outbound/statuses.ts",
    from: "return known?.reported && !isNewStatus(known.reported, reported) ? null : reported;",
    to: "return reported;",
  },
  {
    name: "believes that nothing was sent when the connection broke",
    file: "src/home-assistant/connection/connect.ts",
    from: "throw wrapLibraryError(error, error !== ERR_CONNECTION_LOST);",
    to: "throw wrapLibraryError(error, false);",
  },
  {
    name: "does not subscribe again on a new connection",
    file: "src/home-assistant/connection/subscriptions.ts",
    from: "        subscription.failures = 0;\n        make(subscription);",
    to: "        subscription.failures = 0;",
  },
  {
    name: "does not notice a dead connection",
    file: "src/home-assistant/connection/keep-connected.ts",
    from: "if (!answered.signal.aborted) return true;",
    to: "",
  },
];
