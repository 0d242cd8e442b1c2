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
 * Makes Twilio send the webhooks of numbers to the relay (the app's small program at Twilio), and restores their
 * earlier settings. If a request fails, methods reject with a `CloudRequestError`.
 */
export interface RelayNumbers {
  /** Finds the numbers whose messages or calls go to the relay. `base`: the relay's public address. */
  pointingAt(base: string): Promise<NumberWebhooks[]>;
  /**
   * Writes the relay's webhook URLs to the numbers with these SIDs. Before it overwrites a number's settings, it calls
   * `keep` with them, unless they already contain a URL of the relay.
   */
  point(sids: readonly string[], base: string, keep: KeepFormerSettings): Promise<void>;
  /**
   * Restores the earlier settings of numbers that still have the relay's URLs. `former`: settings that were stored at
   * Twilio. They are used for a number that the journal (the app's database) does not know.
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

/** Creates the part that writes the relay's webhook URLs to numbers, and restores the numbers' earlier settings. */
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
        // Store the present settings first, so that they are not lost if the app stops now.
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
          `Removed the webhook relay's URLs from ${maskNumber(number.number)}. The number has its earlier webhook settings again, as far as the app knows them.`,
        );
      }
    },
  };
}

/** Whether one of the number's webhook URLs belongs to the public address `base`. */
function pointsAt(settings: NumberSettings, base: string): boolean {
  return ADDRESSES.some((name) => settings[name].startsWith(`${base}/`));
}

/**
 * Returns settings in which the earlier values (`had`) replace the URLs that belong to `base`, with their methods and
 * TwiML Apps. All other settings stay, because the user may have changed them.
 */
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
