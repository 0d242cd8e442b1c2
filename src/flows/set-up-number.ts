import type { ListAnswer } from "../domain/list-answer.ts";
import type { Logger } from "../domain/logger.ts";
import { maskNumber } from "../domain/mask-number.ts";
import { settingsFor } from "../domain/number-webhooks.ts";
import type { NumberSettings, NumberWebhooks } from "../domain/number-webhooks.ts";
import type { ReportedError } from "../domain/twilio-error.ts";
import { createSettingsBefore } from "./settings-before.ts";
import type { SettingsBeforeOptions } from "./settings-before.ts";

export interface NumberSetupOptions extends SettingsBeforeOptions {
  readonly list: () => Promise<ListAnswer<NumberWebhooks>>;
  /** Null where Twilio has taken it. */
  readonly write: (
    sid: string,
    present: NumberSettings,
    wanted: NumberSettings,
  ) => Promise<ReportedError | null>;
  readonly publicAddress: () => string | null;
  readonly hash: (text: string) => string;
  readonly logger: Logger;
}

/** What can be done with a number, to be shown before it is done. */
export interface NumberPlan {
  readonly number: NumberWebhooks;
  /** Null while the public address is not known, or where the number has it all already. */
  readonly wanted: NumberSettings | null;
  /** What it had before the app set it up; null where that is not known, or is what it has. */
  readonly before: NumberSettings | null;
  /** Stands for what the number has at present: who confirms has seen that and nothing else. */
  readonly seen: string;
}

export type PlanAnswer =
  | { readonly kind: "found"; readonly plan: NumberPlan }
  | { readonly kind: "absent" }
  | { readonly kind: "away" };

export type ChangeAnswer =
  | { readonly kind: "done" }
  /** What the number has is not what was shown, or there is nothing to do: nothing was written. */
  | { readonly kind: "changed" }
  | { readonly kind: "failed"; readonly error: ReportedError }
  | Exclude<PlanAnswer, { kind: "found" }>;

/**
 * Enters the app's addresses at a number at Twilio, and puts back what stood there. Nothing is overwritten that was not
 * shown: who confirms says what they saw.
 */
export function createNumberSetup(options: NumberSetupOptions) {
  const { list, write, publicAddress, hash, logger } = options;
  const before = createSettingsBefore(options);

  async function plan(sid: string): Promise<PlanAnswer> {
    const answer = await list();
    if (answer.kind !== "listed") return { kind: "away" };
    const number = answer.items.find((one) => one.sid === sid);
    if (number === undefined) return { kind: "absent" };
    const base = publicAddress();
    const wanted = base === null ? null : settingsFor(base);
    const had = before.of(sid);
    return {
      kind: "found",
      plan: {
        number,
        wanted: wanted === null || areEqual(wanted, number.settings) ? null : wanted,
        before: had === null || areEqual(had, number.settings) ? null : had,
        seen: hash(JSON.stringify(number.settings)),
      },
    };
  }

  async function change(
    sid: string,
    seen: string,
    what: "wanted" | "before",
    doing: string,
  ): Promise<ChangeAnswer> {
    const answer = await plan(sid);
    if (answer.kind !== "found") return answer;
    const { number, [what]: settings, seen: present } = answer.plan;
    if (settings === null || present !== seen) return { kind: "changed" };
    // Kept first: what is overwritten must never be lost.
    if (what === "wanted") before.keep(sid, number.settings, settings);
    const error = await write(sid, number.settings, settings);
    if (error !== null) return { kind: "failed", error };
    if (what === "before") before.forget(sid);
    logger.info(`${doing} at Twilio: ${maskNumber(number.number)}.`);
    return { kind: "done" };
  }

  return {
    plan,
    setUp: (sid: string, seen: string): Promise<ChangeAnswer> =>
      change(sid, seen, "wanted", "The app's addresses are entered at a number"),
    putBack: (sid: string, seen: string): Promise<ChangeAnswer> =>
      change(sid, seen, "before", "A number has the addresses again that it had before"),
  };
}

function areEqual(one: NumberSettings, other: NumberSettings): boolean {
  const names = Object.keys(one) as (keyof NumberSettings)[];
  return names.every((name) => one[name] === other[name]);
}
