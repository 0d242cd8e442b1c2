import type { Logger } from "../../domain/log/logger.ts";
import type { RoundOutcome } from "./polling-pace.ts";

/** Writes a change of how polling goes to the log once, and not each round. */
export function createPollingLog(logger: Logger) {
  let said: RoundOutcome["kind"] | null = null;

  function change(kind: RoundOutcome["kind"]): void {
    const isFault = said === "away" || said === "refused";
    switch (kind) {
      case "read":
      case "idle":
        return isFault ? logger.info("Twilio tells the account's messages again.") : undefined;
      case "away":
        return logger.warning("Twilio does not tell the account's messages at present; trying again.");
      case "refused":
        return logger.warning(
          "Twilio refuses to tell these credentials the account's messages. Messages arrive by webhook only; polling tries again every hour.",
        );
    }
  }

  return {
    /** `delayMs`: until the next round. */
    ended({ kind }: RoundOutcome, delayMs: number): void {
      if (kind !== said) change(kind);
      said = kind;
      logger.debug(`Polling: ${kind}; the next round is in ${delayMs / 1000} s.`);
    },
    /** `count`: messages that are new. */
    told(count: number): void {
      if (count > 0)
        logger.info(`Read ${count === 1 ? "a message" : `${count} messages`} from Twilio's list.`, "polled");
    },
    failed(error: unknown): void {
      logger.error(`Messages could not be polled, which is tried again: ${String(error)}`, "polling failed");
    },
  };
}
