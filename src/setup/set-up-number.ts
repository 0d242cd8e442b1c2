import { maskNumber } from "../domain/address/mask-number.ts";
import type { ListAnswer } from "../domain/list-answer.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { ReportedError } from "../domain/reported-error.ts";
import type { ChangeAnswer, PlanAnswer } from "./number-webhooks.ts";
import { settingsFor } from "./number-webhooks.ts";
import type { NumberSettings, NumberWebhooks } from "./number-webhooks.ts";
import { createSettingsBefore } from "./previous-settings.ts";
import type { SettingsBeforeOptions } from "./previous-settings.ts";

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

const DONE = {
  wanted: "The app's addresses are entered at a number",
  before: "A number has the addresses again that it had before",
};

/**
 * Enters the app's addresses at a number at Twilio, and puts back what stood there. Nothing is overwritten that was not
 * shown: who confirms says what they saw.
 */
export function createNumberSetup(options: NumberSetupOptions) {
  const { list, write, publicAddress, hash, logger } = options;
  const before = createSettingsBefore(options);
  let last: { readonly asked: string; readonly settings: NumberSettings } | null = null;
  let inOrder: Promise<unknown> = Promise.resolve();

  async function plan(sid: string): Promise<PlanAnswer> {
    const answer = await list();
    if (answer.kind !== "listed") return { kind: answer.kind };
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
        seen: hash(JSON.stringify([number.settings, number.hasTrunk, number.service])),
      },
    };
  }

  /** One after the other: a second click finds what the first has done. */
  function change(sid: string, seen: string, what: "wanted" | "before"): Promise<ChangeAnswer> {
    const changed = inOrder.then(() => changeNow(sid, seen, what));
    inOrder = changed.catch(() => undefined);
    return changed;
  }

  async function changeNow(sid: string, seen: string, what: "wanted" | "before"): Promise<ChangeAnswer> {
    const asked = JSON.stringify([what, sid, seen]);
    const answer = await plan(sid);
    if (answer.kind !== "found") return answer;
    const { number, [what]: settings, seen: present } = answer.plan;
    if (settings === null || present !== seen) {
      const isDone = last !== null && last.asked === asked && hasAll(number.settings, last.settings);
      return { kind: isDone ? "done" : "changed" };
    }
    // Source: Twilio, IncomingPhoneNumber resource: either of trunk and application deletes the other.
    if (number.hasTrunk && settings.voiceApplicationSid !== "") return { kind: "on_trunk" };
    // Kept first: what is overwritten must never be lost.
    if (what === "wanted") before.keep(sid, number.settings, settings);
    const error = await write(sid, number.settings, settings);
    if (error !== null) return { kind: "failed", error };
    if (what === "before") before.forget(sid);
    logger.info(`${DONE[what]} at Twilio: ${maskNumber(number.number)}.`);
    last = { asked, settings };
    return { kind: "done" };
  }

  return {
    plan,
    setUp: (sid: string, seen: string): Promise<ChangeAnswer> => change(sid, seen, "wanted"),
    putBack: (sid: string, seen: string): Promise<ChangeAnswer> => change(sid, seen, "before"),
  };
}

function areEqual(one: NumberSettings, other: NumberSettings): boolean {
  const names = Object.keys(one) as (keyof NumberSettings)[];
  return names.every((name) => one[name] === other[name]);
}

/** A method stays at Twilio when its address is taken away. */
function hasAll(present: NumberSettings, settings: NumberSettings): boolean {
  const names = Object.keys(settings) as (keyof NumberSettings)[];
  return names.every(
    (name) => present[name] === settings[name] || (settings[name] === "" && name.endsWith("Method")),
  );
}
