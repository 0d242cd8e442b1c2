import { startFunctionServer } from "../twilio-simulator/functions/start-function-server.ts";
import type { StartFunctionServer } from "../twilio-simulator/functions/start-function-server.ts";

/** How long the relay's Functions wait for the app's answer, in milliseconds. A test can change it at any time. */
export interface AnswerTime {
  ms: number;
}

/** The line of addon/relay/relay.js with the relay's own limit of 8 s. */
const LIMIT = "const ANSWER_MS = 8_000;";

/** Runs Functions in this process. They wait for the app's answer as long as `time` says at each request. */
export function withAnswerTime(time: AnswerTime): StartFunctionServer {
  return (deployment) => startFunctionServer(deployment, (source) => sourceWithAnswerTime(source, time.ms));
}

/**
 * The source text of the relay, but with another limit for the app's answer. On a busy machine, a test may need longer
 * than 8 s.
 */
export function sourceWithAnswerTime(source: string, ms: number): string {
  if (!source.includes(LIMIT)) throw new Error(`The relay's source has no line "${LIMIT}".`);
  return source.replace(LIMIT, `const ANSWER_MS = ${ms};`);
}
