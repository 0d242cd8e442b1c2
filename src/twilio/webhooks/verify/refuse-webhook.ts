import type { Logger } from "../../../domain/log/logger.ts";
import type { RefusedAnswer } from "../inbound-source.ts";

/** Characters of a path in the log. */
const LONGEST_PATH = 80;

/** Where a request came from, for the log. */
export interface WebhookOrigin {
  /** The IP address that the request came from, or the name of another source. */
  readonly sender: string;
  /** The path that the request itself named. */
  readonly path: string;
  /** Whether the request had a signature, valid or not. */
  readonly isSigned: boolean;
}

export interface RefuseWebhookOptions {
  /** Called for each refused request; `isSigned`: it had a signature, valid or not. */
  readonly onRefused: (status: number, isSigned: boolean) => void;
  readonly logger: Pick<Logger, "warning">;
}

/** `kind` groups reasons that differ only in details, so that the log limits them together. */
export type RefuseWebhook = (
  origin: WebhookOrigin,
  status: RefusedAnswer["status"],
  reason: string,
  kind?: string,
) => RefusedAnswer;

/** Counts and logs refused requests. `reason` is the end of a log sentence about the request. */
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
