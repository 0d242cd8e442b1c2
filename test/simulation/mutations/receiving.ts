import type { Mutation } from "../bundle/mutation.ts";

export const RECEIVING_MUTATIONS: readonly Mutation[] = [
  {
    name: "polls a message whose webhook may still come",
    file: "src/inbound/polling/judge-message.ts",
    from: 'return number.pointsHere && now - createdAt < WEBHOOK_WAIT_MS ? "wait" : "fire";',
    to: 'return "fire";',
  },
  {
    name: "leaves out messages from before the first answer of Twilio",
    file: "src/inbound/polling/begin-polling.ts",
    from: "const start = Math.floor((now - sinceStartMs) / RESOLUTION_MS) * RESOLUTION_MS;",
    to: "const start = Math.floor(now / RESOLUTION_MS) * RESOLUTION_MS;",
  },
  {
    name: "reads the list of messages only once",
    file: "src/inbound/polling/poll-messages.ts",
    from: "await clock.wait(delayMs, AbortSignal.any([signal, pause.signal]));",
    to: "await clock.wait(100 * delayMs, AbortSignal.any([signal, pause.signal]));",
  },
  {
    name: "lets a call act that the relay has given up",
    file: "src/twilio/relay/relay-webhooks.ts",
    from: "isStale: age.isStale || isPastDeadline,",
    to: "isStale: age.isStale,",
  },
  {
    name: "holds a call for longer than the relay waits",
    file: "src/calls/held-webhooks.ts",
    from: "if (answerBy === null) return { holdMs, mostMs: MOST_ANSWER_MS };",
    to: "if (answerBy !== 0) return { holdMs, mostMs: MOST_ANSWER_MS };",
  },
  {
    name: "does not answer the relay",
    file: "src/inbound/relay/relay-inbox.ts",
    from: "if (given === null || isAnsweredByPosting(note)) return;",
    to: "if (given !== null) return;",
  },
  {
    name: "believes whatever is posted to the relay's webhook",
    file: "src/twilio/relay/relay-webhooks.ts",
    from: "relay !== null && check.find([relay + target]) !== null",
    to: "relay !== null",
  },
  {
    name: "polls the first numbers only from the time at which Twilio lists them",
    file: "src/inbound/polling/poll-messages.ts",
    from: "if (isNew) firstFrom = account.pollFrom;",
    to: "",
  },
  {
    name: "refuses webhooks while it does not know its public address",
    file: "src/twilio/webhooks/public-address.ts",
    from: "candidates: (headers) => (settled === null ? guesses(headers) : [settled]),",
    to: "candidates: () => (settled === null ? [] : [settled]),",
  },
];
