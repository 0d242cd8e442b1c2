import type { SetupChecks } from "./checks.ts";
import { judgeReach } from "./judge-reach.ts";
import { numberState } from "./number-webhooks.ts";

/**
 * Whether all checks are good, so that they need not be repeated soon.
 *
 * @param bases the app's addresses for Twilio
 * @param lastSignedAt when the last webhook with a valid signature came, in milliseconds since 1970; null for never
 */
export function areChecksSettled(
  checks: SetupChecks,
  bases: readonly string[],
  lastSignedAt: number | null,
): boolean {
  const { account, reach, failure, scripts, numbers } = checks;
  const isAccountUsable =
    account.kind === "hidden" || (account.kind === "known" && account.status === "active");
  if (!isAccountUsable || scripts.kind !== "loaded" || numbers.kind !== "listed" || reach === null)
    return false;
  if (judgeReach(reach, failure, lastSignedAt).state !== "good") return false;
  return numbers.items.some((number) => {
    const { messages, calls } = numberState(number, bases);
    return messages === "ours" || calls === "ours";
  });
}
