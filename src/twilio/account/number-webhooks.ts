import type { NumberSettings } from "../../setup/number-webhooks.ts";
import type { AccountNumbers } from "../../setup/ports.ts";
import type { TwilioApi } from "../rest/client.ts";
import { sendOutcomeOf } from "../rest/outcome.ts";
import { tryList } from "../rest/outcome.ts";

const MOST_NUMBERS = 1000;
/** A home has one Messaging Service, or a few. */
const MOST_SERVICES = 20;

/** The account's numbers and what its owner entered at them. */
export function createAccountNumbers(api: () => Promise<TwilioApi>): AccountNumbers {
  return {
    list: () =>
      tryList(async () => {
        const { account, rest } = await api();
        const [numbers, services] = await Promise.all([
          account.incomingPhoneNumbers.list({ limit: MOST_NUMBERS }),
          rest === null ? new Map<string, string>() : servicesInCharge(rest),
        ]);
        return numbers.map((number) => ({
          sid: number.sid,
          number: number.phoneNumber,
          messages: number.capabilities.sms,
          calls: number.capabilities.voice,
          settings: settingsOf(number),
          hasTrunk: Boolean(number.trunkSid),
          service: services.get(number.sid) ?? null,
        }));
      }),
    async write(sid, present, wanted) {
      try {
        const { account } = await api();
        await account.incomingPhoneNumbers(sid).update(changes(present, wanted));
        return null;
      } catch (error) {
        const outcome = sendOutcomeOf(error);
        return outcome.kind === "accepted" ? null : outcome.error;
      }
    },
  };
}

/** Names of the Messaging Services that do not leave the messages of their numbers to the numbers, by number. */
async function servicesInCharge({ messaging }: NonNullable<TwilioApi["rest"]>): Promise<Map<string, string>> {
  const inCharge = new Map<string, string>();
  try {
    for (const service of await messaging.v1.services.list({ limit: MOST_SERVICES })) {
      if (service.useInboundWebhookOnNumber) continue;
      const numbers = await messaging.v1.services(service.sid).phoneNumbers.list({ limit: MOST_NUMBERS });
      for (const { sid } of numbers) inCharge.set(sid, service.friendlyName);
    }
  } catch {
    // The credentials may not ask, or Twilio is away: then nothing is said of it.
  }
  return inCharge;
}

/** Twilio leaves out what is not set, whatever its types say. */
function settingsOf(number: Partial<NumberSettings>): NumberSettings {
  return {
    smsUrl: number.smsUrl ?? "",
    smsMethod: number.smsMethod ?? "",
    smsFallbackUrl: number.smsFallbackUrl ?? "",
    smsFallbackMethod: number.smsFallbackMethod ?? "",
    voiceUrl: number.voiceUrl ?? "",
    voiceMethod: number.voiceMethod ?? "",
    voiceFallbackUrl: number.voiceFallbackUrl ?? "",
    voiceFallbackMethod: number.voiceFallbackMethod ?? "",
    statusCallback: number.statusCallback ?? "",
    statusCallbackMethod: number.statusCallbackMethod ?? "",
    smsApplicationSid: number.smsApplicationSid ?? "",
    voiceApplicationSid: number.voiceApplicationSid ?? "",
  };
}

/** An empty address or application is taken away; a method cannot be. */
function changes(present: NumberSettings, wanted: NumberSettings): Partial<NumberSettings> {
  const names = Object.keys(wanted) as (keyof NumberSettings)[];
  const changed = names.filter(
    (name) => wanted[name] !== present[name] && (wanted[name] !== "" || !name.endsWith("Method")),
  );
  return Object.fromEntries(changed.map((name) => [name, wanted[name]]));
}
