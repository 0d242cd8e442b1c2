import type { NumberSettings, NumberWebhooks } from "../../setup/number-webhooks.ts";
import type { AccountNumbers } from "../../setup/ports.ts";
import type { TwilioApi } from "../rest/client.ts";
import { sendOutcomeOf } from "../rest/outcome.ts";
import { tryList } from "../rest/outcome.ts";

const MOST_NUMBERS = 1000;
/** How many Messaging Services the app reads. A home has only a few. */
const MOST_SERVICES = 20;

/**
 * The names of the Messaging Services that receive messages in place of their numbers. The keys are the numbers' SIDs.
 */
type ServicesInCharge = ReadonlyMap<string, string>;

/** Creates the functions that read and change the webhook settings of the account's numbers. */
export function createAccountNumbers(api: () => Promise<TwilioApi>): AccountNumbers {
  return {
    list: () =>
      tryList(async () => {
        const twilio = await api();
        // If Twilio does not return the Messaging Services, the page Setup still shows the numbers, but without the
        // services.
        const services = servicesInCharge(twilio).catch((): ServicesInCharge => new Map());
        return await numbersOf(twilio, await services);
      }),
    async write(sid, current, wanted) {
      try {
        const { account } = await api();
        await account.incomingPhoneNumbers(sid).update(changes(current, wanted));
        return null;
      } catch (error) {
        const outcome = sendOutcomeOf(error);
        return outcome.kind === "accepted" ? null : outcome.error;
      }
    },
  };
}

/**
 * Lists the account's numbers. `services` has the Messaging Services that receive messages in place of a number.
 *
 * @throws the error of Twilio's client
 */
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
 * Lists the Messaging Services that receive messages in place of their numbers. A compatible provider has none.
 *
 * @throws the error of Twilio's client
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

/** Fills in the settings that Twilio leaves out because they have no value, although its types say otherwise. */
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

/** Lists the settings that must change. An empty text removes a URL or an application; a method cannot be removed. */
function changes(current: NumberSettings, wanted: NumberSettings): Partial<NumberSettings> {
  const names = Object.keys(wanted) as (keyof NumberSettings)[];
  const changed = names.filter(
    (name) => wanted[name] !== current[name] && (wanted[name] !== "" || !name.endsWith("Method")),
  );
  return Object.fromEntries(changed.map((name) => [name, wanted[name]]));
}
