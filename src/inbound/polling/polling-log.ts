import type { Logger } from "../../domain/log/logger.ts";
import type { RoundOutcome } from "./polling-pace.ts";

/**
 * Creates the log of polling. It reports the outcome of a round (one read of Twilio's list) only if the round before
 * had another outcome. A single round without an answer of Twilio is not logged, because the next round reads the same
 * messages.
 */
export function createPollingLog(logger: Logger) {
  let logged: RoundOutcome["kind"] | null = null;
  let failures = 0;

  function logChange(kind: RoundOutcome["kind"]): void {
    switch (kind) {
      case "read":
      case "idle":
        if (logged === "away" || logged === "refused")
          logger.info("The app can read messages from Twilio's list again.");
        return;
      case "away":
        return logger.warning("Twilio cannot be reached, so messages are not polled. The app tries again.");
      case "refused":
        return logger.warning(
          "Twilio does not allow these credentials to list messages or numbers, so messages arrive by webhook only. If you use an API key, enter a Standard key. The app tries again every hour.",
        );
    }
  }

  return {
    /** Called when one read of Twilio's list has ended. `delayMs`: the time until the next one. */
    ended({ kind }: RoundOutcome, delayMs: number): void {
      failures = kind === "away" ? failures + 1 : 0;
      if (kind !== logged && failures !== 1) {
        logChange(kind);
        logged = kind;
      }
      logger.debug(
        `A round of polling ended with the outcome "${kind}". The next one begins in ${delayMs / 1000} s.`,
      );
    },
    /** Called when Twilio has returned its list. `count`: the number of new messages in it. */
    read(count: number): void {
      if (count > 0)
        logger.info(`Read ${count === 1 ? "a message" : `${count} messages`} from Twilio's list.`, "polled");
    },
    failed(error: unknown): void {
      logger.error(
        `The app could not store what it read from Twilio's list of messages. Make sure that the disk is not full. The app tries again. The error was: ${String(error)}`,
        "polling failed",
      );
    },
  };
}
