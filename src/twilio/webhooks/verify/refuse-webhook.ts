import type { Logger } from "../../../domain/log/logger.ts";
import type { RefusedAnswer } from "../inbound-source.ts";

/** How many characters of a path the log shows. */
const LONGEST_PATH = 80;

/** Where a request came from, for the log. */
export interface WebhookOrigin {
  /** The IP address of the sender, or the name of another source, such as the webhook relay. */
  readonly sender: string;
  /** The path in the request. */
  readonly path: string;
  /** Whether the request had a signature, valid or not. */
  readonly isSigned: boolean;
}

export interface RefuseWebhookOptions {
  /** Is called for each refused request. `isSigned` tells whether the request had a signature, valid or not. */
  readonly onRefused: (status: number, isSigned: boolean) => void;
  readonly logger: Pick<Logger, "warning">;
}

/**
 * Refuses a request. All refusals of one `kind` share one limit of log lines, even if their reasons differ in details.
 */
export type RefuseWebhook = (
  origin: WebhookOrigin,
  status: RefusedAnswer["status"],
  reason: string,
  kind?: string,
) => RefusedAnswer;

/**
 * Creates the function that counts and logs refused requests. `reason` is the end of a log sentence about the request.
 */
export function createWebhookRefusal({ onRefused, logger }: RefuseWebhookOptions): RefuseWebhook {
  return (origin, status, reason, kind = reason) => {
    onRefused(status, origin.isSigned);
    const path = origin.path.length <= LONGEST_PATH ? origin.path : `${origin.path.slice(0, LONGEST_PATH)}…`;
    logger.warning(
      `Refused a request to ${path} from ${origin.sender} with ${status}: ${reason}.`,
      `${status} ${kind}`,
    );
    return { kind: "refused", status, reason };
  };
}
