import type { NumberSettings, NumberWebhooks } from "../../setup/number-webhooks.ts";
import type { AccountNumbers } from "../../setup/ports.ts";
import type { TwilioApi } from "../rest/client.ts";
import { sendOutcomeOf } from "../rest/outcome.ts";
import { tryList } from "../rest/outcome.ts";

const MOST_NUMBERS = 1000;
/** A home has one Messaging Service, or a few. */
const MOST_SERVICES = 20;

/** Of each number, the name of the Messaging Service that decides about its messages. */
type ServicesInCharge = ReadonlyMap<string, string>;

/** The account's numbers and what its owner entered at them. */
export function createAccountNumbers(api: () => Promise<TwilioApi>): AccountNumbers {
  return {
    list: () =>
      tryList(async () => {
        const twilio = await api();
        // The credentials may not ask, or Twilio is away: then nothing is said of services.
        const services = servicesInCharge(twilio).catch((): ServicesInCharge => new Map());
        return await numbersOf(twilio, await services);
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

/** @throws what Twilio's client throws */
export async function numbersOf(
  { account }: TwilioApi,
  services: ServicesInCharge,
): Promise<NumberWebhooks[]> {
  const numbers = await account.incomingPhoneNumbers.list({ limit: MOST_NUMBERS });
  return numbers.map((number) => ({
    sid: number.sid,
    number: number.phoneNumber,
    messages: number.capabilities.sms,
    calls: number.capabilities.voice,
    settings: settingsOf(number),
    hasTrunk: Boolean(number.trunkSid),
    service: services.get(number.sid) ?? null,
  }));
}

/**
 * Names of the Messaging Services that do not leave the messages of their numbers to the numbers, by number. Empty at a
 * compatible provider, which has none.
 *
 * @throws what Twilio's client throws
 */
export async function servicesInCharge({ rest }: TwilioApi): Promise<ServicesInCharge> {
  const inCharge = new Map<string, string>();
  if (rest === null) return inCharge;
  const { services } = rest.messaging.v1;
  for (const service of await services.list({ limit: MOST_SERVICES })) {
    if (service.useInboundWebhookOnNumber) continue;
    const numbers = await services(service.sid).phoneNumbers.list({ limit: MOST_NUMBERS });
    for (const { sid } of numbers) inCharge.set(sid, service.friendlyName);
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
