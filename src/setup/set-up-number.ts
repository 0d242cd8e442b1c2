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
  /** Called after Twilio has accepted a change of a number. */
  readonly onChanged: () => void;
  readonly hash: (text: string) => string;
  readonly logger: Logger;
}

/** Changes the webhook settings of the account's numbers. */
export interface NumberSetup {
  /** Says how the app could change a number. The result has the `snapshotHash` of the number's present settings. */
  plan(sid: string): Promise<PlanResult>;
  /**
   * Writes the app's webhook URLs to the number at Twilio. Changes nothing if its settings do not fit `snapshotHash`
   * any more.
   */
  setUp(sid: string, snapshotHash: string): Promise<ChangeResult>;
  /**
   * Restores the settings that the number had before the app changed them. Changes nothing if its settings do not fit
   * `snapshotHash` any more.
   */
  restore(sid: string, snapshotHash: string): Promise<ChangeResult>;
}

const DONE = {
  newSettings: "Twilio now sends the webhooks of a number to the app",
  previousSettings: "Restored the previous webhook settings of a number at Twilio",
};

/**
 * Creates the part that writes the app's webhook URLs to a number at Twilio, or restores the number's earlier settings.
 * It only overwrites settings that the user has seen.
 */
export function createNumberSetup({
  numbers,
  memory,
  publicAddress,
  onChanged,
  hash,
  logger,
}: NumberSetupOptions): NumberSetup {
  const previous = createPreviousSettings(memory);
  let last: { readonly asked: string; readonly settings: NumberSettings } | null = null;
  let lastChange: Promise<unknown> = Promise.resolve();

  async function plan(sid: string): Promise<PlanResult> {
    const answer = await numbers.list();
    if (answer.kind !== "listed") return { kind: answer.kind };
    const number = answer.items.find((one) => one.sid === sid);
    if (number === undefined) return { kind: "absent" };
    const base = publicAddress();
    const wanted = base === null ? null : settingsFor(base);
    const saved = previous.settingsOf(sid);
    return {
      kind: "found",
      plan: {
        number,
        newSettings: wanted === null || areEqual(wanted, number.settings) ? null : wanted,
        previousSettings: saved === null || areEqual(saved, number.settings) ? null : saved,
        snapshotHash: hash(JSON.stringify([number.settings, number.hasTrunk, number.service])),
      },
    };
  }

  /**
   * Makes changes one after another. If the user clicks twice, the second change sees the settings after the first one.
   */
  function change(
    sid: string,
    shownHash: string,
    what: "newSettings" | "previousSettings",
  ): Promise<ChangeResult> {
    const changed = lastChange.then(() => changeNow(sid, shownHash, what));
    lastChange = changed.catch(() => undefined);
    return changed;
  }

  async function changeNow(
    sid: string,
    shownHash: string,
    what: "newSettings" | "previousSettings",
  ): Promise<ChangeResult> {
    const asked = JSON.stringify([what, sid, shownHash]);
    const answer = await plan(sid);
    if (answer.kind !== "found") return answer;
    const { number, [what]: settings, snapshotHash: presentHash } = answer.plan;
    if (settings === null || presentHash !== shownHash) {
      const isDone = last !== null && last.asked === asked && hasAll(number.settings, last.settings);
      return { kind: isDone ? "done" : "changed" };
    }
    // If a TwiML App for calls is set, Twilio removes the number from its SIP trunk. Source: Twilio, resource
    // IncomingPhoneNumber.
    if (number.hasTrunk && settings.voiceApplicationSid !== "") return { kind: "on_trunk" };
    // Store the previous settings before they are overwritten.
    if (what === "newSettings") previous.save(sid, number.settings, settings);
    const error = await numbers.write(sid, number.settings, settings);
    if (error !== null) return { kind: "failed", error };
    if (what === "previousSettings") previous.remove(sid);
    logger.info(`${DONE[what]}: ${maskNumber(number.number)}.`);
    last = { asked, settings };
    onChanged();
    return { kind: "done" };
  }

  return {
    plan,
    setUp: (sid: string, snapshotHash: string): Promise<ChangeResult> =>
      change(sid, snapshotHash, "newSettings"),
    restore: (sid: string, snapshotHash: string): Promise<ChangeResult> =>
      change(sid, snapshotHash, "previousSettings"),
  };
}

function areEqual(one: NumberSettings, other: NumberSettings): boolean {
  const names = Object.keys(one) as (keyof NumberSettings)[];
  return names.every((name) => one[name] === other[name]);
}

/**
 * Whether the number has these settings. Ignores an HTTP method that is empty in `settings`: Twilio keeps the number's
 * method even without a URL.
 */
function hasAll(present: NumberSettings, settings: NumberSettings): boolean {
  const names = Object.keys(settings) as (keyof NumberSettings)[];
  return names.every(
    (name) => present[name] === settings[name] || (settings[name] === "" && name.endsWith("Method")),
  );
}
