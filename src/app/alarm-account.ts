import type { ReachSources } from "../alarms/ports.ts";
import type { AccountCheck } from "../setup/checks.ts";

/** Says whether alarms can call with this Twilio account, and why not; null if Twilio does not answer. */
export function alarmAccountState(check: AccountCheck): Awaited<ReturnType<ReachSources["account"]>> {
  switch (check.kind) {
    case "away":
      return null;
    case "refused":
      return "refused";
    case "hidden":
      return "ok";
    case "known":
      if (check.status !== "active") return "suspended";
      return check.balance !== null && Number(check.balance.amount) <= 0 ? "no_balance" : "ok";
  }
}
