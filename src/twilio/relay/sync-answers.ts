import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { RelayAnswer, RelayAnswers } from "../../inbound/relay/ports.ts";
import { CloudRequestError } from "../../setup/relay/cloud-request-error.ts";
import type { CloudClient } from "./cloud-client.ts";

/** The relay reads an answer within 8 s; a document that nobody reads any more costs nothing, but is kept no longer. */
const ANSWER_SECONDS = 60;
/** Source: twilio.com/docs/sync/limits */
const MOST_BYTES = 16 * 1024;
const PRESENT_SECONDS = 86_400;
/** How soon an answer that Twilio did not take is written again, in milliseconds. */
const TRY_AGAIN_MS = 300;

export interface SyncAnswersOptions {
  readonly client: Pick<CloudClient, "call">;
  /** The Sync service of the relay; null while there is none. */
  readonly service: () => string | null;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface SyncAnswers extends RelayAnswers {
  /**
   * Renews the document that tells the relay that the app is there. Without it for a day, calls are rejected unbilled.
   *
   * @throws {CloudRequestError}
   */
  renewPresence(): Promise<void>;
}

/** Stores answers as Sync documents. Each has the ID of its relay note as name. */
export function createSyncAnswers({ client, service, clock, logger }: SyncAnswersOptions): SyncAnswers {
  async function write(name: string, data: unknown, seconds: number): Promise<"written" | "exists"> {
    const sid = service();
    if (sid === null) return "exists";
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
    try {
      // An answer that is there already is this one: it is written once, and a doubt is no reason for another.
      await write(id, answer, ANSWER_SECONDS);
      return "done";
    } catch (error) {
      const failure = error instanceof CloudRequestError ? error.failure : "doubt";
      const isTransient = failure === "away" || failure === "busy" || failure === "doubt";
      const message = error instanceof Error ? error.message : "unknown";
      if (!isTransient)
        logger.error(
          `Twilio refused to store the app's answer for the relay, so the relay cannot return it: ${message}`,
          "relay answer",
        );
      return isTransient ? "again" : "never";
    }
  }

  return {
    async write(id, answer, until) {
      if (Buffer.byteLength(JSON.stringify(answer)) > MOST_BYTES) {
        logger.error("An answer is too long for the relay, so Twilio did not get it.", "relay answer");
        return false;
      }
      const { signal } = new AbortController();
      for (;;) {
        const tried = await tryToWrite(id, answer);
        if (tried !== "again") return tried === "done" && clock.now() <= until;
        if (clock.now() + TRY_AGAIN_MS > until) return false;
        await clock.wait(TRY_AGAIN_MS, signal);
      }
    },
    async renewPresence() {
      const data = { at: clock.now() };
      if ((await write("present", data, PRESENT_SECONDS)) === "written") return;
      const sid = service();
      if (sid === null) return;
      const form = { Data: JSON.stringify(data), Ttl: String(PRESENT_SECONDS) };
      await client.call("sync", { method: "POST", path: `/v1/Services/${sid}/Documents/present`, form });
    },
  };
}
