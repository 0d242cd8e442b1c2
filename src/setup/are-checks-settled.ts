import type { SetupChecks } from "./checks.ts";
import { judgeReach } from "./judge-reach.ts";
import { numberState } from "./number-webhooks.ts";

/**
 * Whether the account, the public address, the scripts and at least one number are ready for use. The app then need not
 * check again soon.
 *
 * @param bases the public addresses at which Twilio reaches the app
 * @param lastSignedAt when the last webhook with a valid signature came, in milliseconds since 1970; null if none ever
 * came
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
