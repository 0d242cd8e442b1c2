import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { RelayAnswer, RelayAnswers } from "../../inbound/relay/ports.ts";
import { CloudRequestError } from "../../setup/relay/cloud-request-error.ts";
import type { CloudClient } from "./cloud-client.ts";

/** After how many seconds Twilio deletes an answer. The relay reads it within 8 s. */
const ANSWER_SECONDS = 60;
/** The size of the largest Sync document, in bytes. Source: twilio.com/docs/sync/limits */
const MOST_BYTES = 16 * 1024;
const PRESENT_SECONDS = 86_400;
/** How much the clocks of the app and the relay may differ, in milliseconds. */
const CLOCK_ERROR_MS = 1_000;
/** If Twilio did not accept an answer, the app writes the answer again after this pause, in milliseconds. */
const TRY_AGAIN_MS = 300;

export interface SyncAnswersOptions {
  readonly client: Pick<CloudClient, "call">;
  /** The SID of the relay's Sync service; null while the app has no relay. */
  readonly service: () => string | null;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface SyncAnswers extends RelayAnswers {
  /**
   * Writes the document that shows the relay that the app is running. Twilio deletes the document one day after the
   * last write. Without it, the relay rejects calls, which costs nothing.
   *
   * @throws {CloudRequestError} if Twilio refused the request or did not answer
   */
  renewPresence(): Promise<void>;
}

/**
 * Creates the store of answers for the relay. Each answer is a Sync document, named after the ID of the note (the
 * encrypted webhook) that it answers.
 */
export function createSyncAnswers({ client, service, clock, logger }: SyncAnswersOptions): SyncAnswers {
  async function write(
    sid: string,
    name: string,
    data: unknown,
    seconds: number,
  ): Promise<"written" | "exists"> {
    const form = { UniqueName: name, Data: JSON.stringify(data), Ttl: String(seconds) };
    try {
      await client.call("sync", { method: "POST", path: `/v1/Services/${sid}/Documents`, form });
      return "written";
    } catch (error) {
      if (error instanceof CloudRequestError && error.failure === "conflict") return "exists";
      throw error;
    }
  }

  async function tryToWrite(id: string, answer: RelayAnswer): Promise<"done" | "again" | "never"> {
    const sid = service();
    if (sid === null) return "never";
    try {
      // If a document with this name exists, an earlier attempt with an unknown outcome has written the same answer.
      await write(sid, id, answer, ANSWER_SECONDS);
      return "done";
    } catch (error) {
      const failure = error instanceof CloudRequestError ? error.failure : "doubt";
      const isTransient = failure === "away" || failure === "busy" || failure === "doubt";
      const message = error instanceof Error ? error.message : "unknown";
      if (!isTransient)
        logger.error(
          `Twilio refused to store the app's answer to a webhook, so the webhook relay could not return the answer. On the app's page, check the state of the relay. The error was: ${message}`,
          "relay answer",
        );
      return isTransient ? "again" : "never";
    }
  }

  return {
    async write(id, answer, until) {
      if (Buffer.byteLength(JSON.stringify(answer)) > MOST_BYTES) {
        logger.error(
          "The app's answer to a webhook is too long for the webhook relay, so the caller heard the relay's own sentence and the call ended. Shorten the text that your automation speaks on the call.",
          "relay answer",
        );
        return false;
      }
      const { signal } = new AbortController();
      for (;;) {
        // The relay no longer waits for this answer, so a document would only cost money. An attacker who repeats an
        // old note causes no costs either.
        if (clock.now() > until + CLOCK_ERROR_MS) return false;
        const tried = await tryToWrite(id, answer);
        if (tried !== "again") return tried === "done" && clock.now() <= until;
        if (clock.now() + TRY_AGAIN_MS > until) return false;
        await clock.wait(TRY_AGAIN_MS, signal);
      }
    },
    async renewPresence() {
      const sid = service();
      if (sid === null) return;
      const data = { at: clock.now() };
      if ((await write(sid, "present", data, PRESENT_SECONDS)) === "written") return;
      const form = { Data: JSON.stringify(data), Ttl: String(PRESENT_SECONDS) };
      await client.call("sync", { method: "POST", path: `/v1/Services/${sid}/Documents/present`, form });
    },
  };
}
