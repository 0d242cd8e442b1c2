import type { Logger } from "../../domain/log/logger.ts";
import type { RoundOutcome } from "./polling-pace.ts";

/** Logs each change in the outcome of polling once. A single failed round is not logged, because the next one repeats it. */
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
          "Twilio does not allow these credentials to list messages. Messages arrive by webhook only. Polling tries again every hour.",
        );
    }
  }

  return {
    /** `delayMs`: the time until the next round. */
    ended({ kind }: RoundOutcome, delayMs: number): void {
      failures = kind === "away" ? failures + 1 : 0;
      if (kind !== logged && failures !== 1) {
        logChange(kind);
        logged = kind;
      }
      logger.debug(`Polling: ${kind}; the next round is in ${delayMs / 1000} s.`);
    },
    /** `count`: the number of new messages. */
    read(count: number): void {
      if (count > 0)
        logger.info(`Read ${count === 1 ? "a message" : `${count} messages`} from Twilio's list.`, "polled");
    },
    failed(error: unknown): void {
      logger.error(
        `Messages could not be polled. The app tries again. Reason: ${String(error)}`,
        "polling failed",
      );
    },
  };
}
