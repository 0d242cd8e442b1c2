import { maskNumber } from "../../domain/address/mask-number.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { ReportedError } from "../../domain/reported-error.ts";
import { settingsFor } from "../number-webhooks.ts";
import type { NumberSettings, NumberWebhooks } from "../number-webhooks.ts";
import type { AccountNumbers, PreviousSettingsMemory } from "../ports.ts";
import { createPreviousSettings } from "../previous-settings.ts";
import { CloudRequestError } from "./cloud-request-error.ts";

export interface RelayNumbersOptions {
  readonly numbers: AccountNumbers;
  readonly memory: PreviousSettingsMemory;
  readonly logger: Logger;
}

/**
 * Changes numbers' webhook URLs at Twilio to those of the relay, and restores the former ones. Methods reject with a
 * `CloudRequestError`.
 */
export interface RelayNumbers {
  /** The numbers whose messages or calls go to `base`, the relay's public address. */
  pointingAt(base: string): Promise<NumberWebhooks[]>;
  /**
   * Enters the relay's webhook URLs for these numbers. `keep` is called with a number's present settings before they
   * are overwritten.
   */
  point(sids: readonly string[], base: string, keep: KeepFormerSettings): Promise<void>;
  /**
   * Restores the previous settings of numbers that still point at `base`. `former` has the settings that were stored
   * outside of the journal.
   */
  restore(base: string, former: ReadonlyMap<string, NumberSettings>): Promise<void>;
}

export type KeepFormerSettings = (sid: string, settings: NumberSettings) => Promise<void>;

const ADDRESSES = ["smsUrl", "smsFallbackUrl", "voiceUrl", "voiceFallbackUrl", "statusCallback"] as const;
const METHOD_OF = {
  smsUrl: "smsMethod",
  smsFallbackUrl: "smsFallbackMethod",
  voiceUrl: "voiceMethod",
  voiceFallbackUrl: "voiceFallbackMethod",
  statusCallback: "statusCallbackMethod",
} as const;

/** Enters the relay's webhook URLs for numbers of the account, and restores the former settings. */
export function createRelayNumbers({ numbers, memory, logger }: RelayNumbersOptions): RelayNumbers {
  const before = createPreviousSettings(memory);

  async function list(): Promise<readonly NumberWebhooks[]> {
    const answer = await numbers.list();
    switch (answer.kind) {
      case "listed":
        return answer.items;
      case "refused":
        throw failure("forbidden", "Twilio does not let these credentials see the numbers");
      case "away":
        throw failure("away", "Twilio does not answer");
    }
  }

  async function write(number: NumberWebhooks, wanted: NumberSettings): Promise<void> {
    const error = await numbers.write(number.sid, number.settings, wanted);
    if (error !== null) throw new CloudRequestError("doubt", error);
  }

  return {
    async pointingAt(base) {
      return (await list()).filter(({ settings }) => pointsAt(settings, base));
    },
    async point(sids, base, keep) {
      const wanted = settingsFor(base);
      for (const number of await list()) {
        if (!sids.includes(number.sid) || isEqual(number.settings, wanted)) continue;
        // Stored before they are overwritten, so that they are never lost.
        if (!pointsAt(number.settings, base)) await keep(number.sid, number.settings);
        before.save(number.sid, number.settings, wanted);
        await write(number, wanted);
        logger.info(`Twilio now sends the webhooks of ${maskNumber(number.number)} to the webhook relay.`);
      }
    },
    async restore(base, former) {
      for (const number of (await list()).filter(({ settings }) => pointsAt(settings, base))) {
        const had = before.settingsOf(number.sid) ?? former.get(number.sid) ?? null;
        await write(number, withoutBase(number.settings, had, base));
        before.remove(number.sid);
        logger.info(
          `Restored the webhook settings that ${maskNumber(number.number)} had before the webhook relay was set up.`,
        );
      }
    },
  };
}

/** Whether a webhook URL of a number begins with `base`. */
function pointsAt(settings: NumberSettings, base: string): boolean {
  return ADDRESSES.some((name) => settings[name].startsWith(`${base}/`));
}

/** Replaces only the URLs that begin with `base`, because the user may have changed others since. */
function withoutBase(present: NumberSettings, had: NumberSettings | null, base: string): NumberSettings {
  const gone = ADDRESSES.filter((name) => present[name].startsWith(`${base}/`));
  const changes = gone.flatMap((name) => {
    const wasOurs = had?.[name].startsWith(`${base}/`) === true;
    const method = METHOD_OF[name];
    return [
      [name, wasOurs ? "" : (had?.[name] ?? "")],
      [method, had?.[method] ?? present[method]],
    ] as const;
  });
  const applications = {
    smsApplicationSid: gone.includes("smsUrl") ? (had?.smsApplicationSid ?? "") : present.smsApplicationSid,
    voiceApplicationSid: gone.includes("voiceUrl")
      ? (had?.voiceApplicationSid ?? "")
      : present.voiceApplicationSid,
  };
  return { ...present, ...Object.fromEntries(changes), ...applications };
}

function isEqual(one: NumberSettings, other: NumberSettings): boolean {
  const names = Object.keys(one) as (keyof NumberSettings)[];
  return names.every((name) => one[name] === other[name]);
}

function failure(kind: "forbidden" | "away", message: string): CloudRequestError {
  const reported: ReportedError = {
    code: kind === "away" ? "twilio_away" : "20003",
    message,
    more_info: null,
  };
  return new CloudRequestError(kind, reported);
}
