import { maskNumber } from "../domain/address/mask-number.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { ChangeResult, PlanResult } from "./number-webhooks.ts";
import { settingsFor } from "./number-webhooks.ts";
import type { NumberSettings } from "./number-webhooks.ts";
import type { AccountNumbers, PreviousSettingsMemory } from "./ports.ts";
import { createPreviousSettings } from "./previous-settings.ts";

export interface NumberSetupOptions {
  readonly numbers: AccountNumbers;
  readonly memory: PreviousSettingsMemory;
  readonly publicAddress: () => string | null;
  /** Called after Twilio has taken a change. */
  readonly onChanged: () => void;
  readonly hash: (text: string) => string;
  readonly logger: Logger;
}

/** What somebody does with a number of the account. */
export interface NumberSetup {
  /** What can be done with a number; its `snapshotHash` stands for what the number has at present. */
  plan(sid: string): Promise<PlanResult>;
  /** Enters the app's addresses, only where the number still has what `seen` stands for. */
  setUp(sid: string, seen: string): Promise<ChangeResult>;
  /** Puts back what was there before, under the same condition. */
  restore(sid: string, seen: string): Promise<ChangeResult>;
}

const DONE = {
  newSettings: "The app's addresses are entered at a number",
  previousSettings: "A number has the addresses again that it had before",
};

/**
 * Enters the app's addresses at a number at Twilio, and puts back what stood there. Nothing is overwritten that was not
 * shown: who confirms says what they saw.
 */
export function createNumberSetup({
  numbers,
  memory,
  publicAddress,
  onChanged,
  hash,
  logger,
}: NumberSetupOptions): NumberSetup {
  const before = createPreviousSettings(memory);
  let last: { readonly asked: string; readonly settings: NumberSettings } | null = null;
  let inOrder: Promise<unknown> = Promise.resolve();

  async function plan(sid: string): Promise<PlanResult> {
    const answer = await numbers.list();
    if (answer.kind !== "listed") return { kind: answer.kind };
    const number = answer.items.find((one) => one.sid === sid);
    if (number === undefined) return { kind: "absent" };
    const base = publicAddress();
    const wanted = base === null ? null : settingsFor(base);
    const had = before.settingsOf(sid);
    return {
      kind: "found",
      plan: {
        number,
        newSettings: wanted === null || areEqual(wanted, number.settings) ? null : wanted,
        previousSettings: had === null || areEqual(had, number.settings) ? null : had,
        snapshotHash: hash(JSON.stringify([number.settings, number.hasTrunk, number.service])),
      },
    };
  }

  /** One after the other: a second click finds what the first has done. */
  function change(
    sid: string,
    seen: string,
    what: "newSettings" | "previousSettings",
  ): Promise<ChangeResult> {
    const changed = inOrder.then(() => changeNow(sid, seen, what));
    inOrder = changed.catch(() => undefined);
    return changed;
  }

  async function changeNow(
    sid: string,
    seen: string,
    what: "newSettings" | "previousSettings",
  ): Promise<ChangeResult> {
    const asked = JSON.stringify([what, sid, seen]);
    const answer = await plan(sid);
    if (answer.kind !== "found") return answer;
    const { number, [what]: settings, snapshotHash: present } = answer.plan;
    if (settings === null || present !== seen) {
      const isDone = last !== null && last.asked === asked && hasAll(number.settings, last.settings);
      return { kind: isDone ? "done" : "changed" };
    }
    // Source: Twilio, IncomingPhoneNumber resource: either of trunk and application deletes the other.
    if (number.hasTrunk && settings.voiceApplicationSid !== "") return { kind: "on_trunk" };
    // Kept first: what is overwritten must never be lost.
    if (what === "newSettings") before.save(sid, number.settings, settings);
    const error = await numbers.write(sid, number.settings, settings);
    if (error !== null) return { kind: "failed", error };
    if (what === "previousSettings") before.remove(sid);
    logger.info(`${DONE[what]} at Twilio: ${maskNumber(number.number)}.`);
    last = { asked, settings };
    onChanged();
    return { kind: "done" };
  }

  return {
    plan,
    setUp: (sid: string, seen: string): Promise<ChangeResult> => change(sid, seen, "newSettings"),
    restore: (sid: string, seen: string): Promise<ChangeResult> => change(sid, seen, "previousSettings"),
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
