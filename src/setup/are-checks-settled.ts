import type { SetupChecks } from "./checks.ts";
import { judgeReach } from "./judge-reach.ts";
import { numberState } from "./number-webhooks.ts";

/**
 * Whether all that was asked for is as it should be, so that asking again soon would tell nothing new. `base` is the
 * public address, null while it is not known; `heardAt` the last webhook with a valid signature.
 */
export function areChecksSettled(checks: SetupChecks, base: string | null, heardAt: number | null): boolean {
  const { account, reach, failure, scripts, numbers } = checks;
  const isLetIn = account.kind === "hidden" || (account.kind === "known" && account.status === "active");
  if (!isLetIn || scripts.kind !== "loaded" || numbers.kind !== "listed" || reach === null) return false;
  if (judgeReach(reach, failure, heardAt).state !== "good") return false;
  return numbers.items.some((number) => {
    const { messages, calls } = numberState(number, base);
    return messages === "ours" || calls === "ours";
  });
}
