import { isTollFree } from "../../contacts/numbers/north-american-number.ts";
import type { AccountWarning } from "../../health/account-warnings.ts";
import type { RestHosts, TwilioApi } from "../rest/client.ts";
import { failureStatus } from "../rest/outcome.ts";
import { unregisteredNumbers } from "./unregistered-numbers.ts";

export interface CheckAccountOptions {
  readonly api: () => Promise<TwilioApi>;
  /** The senders of messages in the options: numbers, Messaging Services (`MG…`) and others. */
  readonly senders: readonly string[];
  readonly destinationCountries: () => Promise<{
    readonly countries: readonly string[];
    readonly hasNorthAmerica: boolean;
  }>;
}

interface Account {
  readonly account: TwilioApi["account"];
  readonly rest: RestHosts;
}

/** For how many countries the app reads whether the account may call them. */
const MOST_COUNTRIES = 20;

/**
 * Creates the daily checks of the account, which find problems before a message or call fails. Each check only reads.
 * It resolves to its warnings, or to null if Twilio does not answer or refuses a request.
 *
 * No check tells whether WhatsApp's window of 24 hours is open, because Twilio reports that only by error 63016.
 */
export function createAccountChecks({ api, senders, destinationCountries }: CheckAccountOptions) {
  return [isTrial, areRegistered, areVerified, mayDial].map((check) => async () => {
    try {
      const { account, rest } = await api();
      return rest === null ? [] : await check({ account, rest });
    } catch {
      // The error is dropped, because it contains the credentials.
      return null;
    }
  });

  async function isTrial({ account }: Account): Promise<AccountWarning[]> {
    const { type } = await account.fetch();
    return type === "Trial" ? [{ kind: "trial" }] : [];
  }

  async function areRegistered({ account, rest: { messaging } }: Account): Promise<AccountWarning[]> {
    if (!(await destinationCountries()).hasNorthAmerica) return [];
    const numbers = await unregisteredNumbers(messaging, await sendersIn(account));
    if (numbers.length === 0) return [];
    const brands = await messaging.v1.brandRegistrations.list({ limit: 20 });
    const hasBrand = brands.some(({ status }) => status === "APPROVED");
    return numbers.map((number) => ({ kind: "unregistered", number, hasBrand }));
  }

  async function areVerified({ account, rest: { messaging } }: Account): Promise<AccountWarning[]> {
    if (!(await destinationCountries()).hasNorthAmerica) return [];
    const used = await sendersIn(account);
    const warnings: AccountWarning[] = [];
    for (const { phoneNumber, sid } of await numbersOf(account)) {
      if (!isTollFree(phoneNumber) || !used.includes(phoneNumber)) continue;
      const verifications = await messaging.v1.tollfreeVerifications.list({
        tollfreePhoneNumberSid: sid,
        limit: 20,
      });
      const statuses = verifications.map(({ status }) => status);
      if (!statuses.includes("TWILIO_APPROVED"))
        warnings.push({ kind: "toll_free", number: phoneNumber, status: statuses[0] ?? null });
    }
    return warnings;
  }

  async function mayDial({ account, rest: { voice } }: Account): Promise<AccountWarning[]> {
    const { countries } = await destinationCountries();
    if (countries.length === 0 || !(await numbersOf(account)).some(({ capabilities }) => capabilities.voice))
      return [];
    const warnings: AccountWarning[] = [];
    for (const country of countries.slice(0, MOST_COUNTRIES)) {
      const permissions = await unlessUnknown(voice.v1.dialingPermissions.countries(country).fetch());
      if (permissions?.lowRiskNumbersEnabled === false) warnings.push({ kind: "not_enabled", country });
    }
    return warnings;
  }

  /**
   * Lists the senders from the options. If the options contain none, lists the only number of the account that can send
   * messages, because the app uses this number. Empty if the account has no such number, or several.
   */
  async function sendersIn(account: TwilioApi["account"]): Promise<readonly string[]> {
    if (senders.length > 0) return senders;
    const capable = (await numbersOf(account)).filter(({ capabilities }) => capabilities.sms);
    return capable.length === 1 ? capable.map(({ phoneNumber }) => phoneNumber) : [];
  }
}

function numbersOf(account: TwilioApi["account"]) {
  return account.incomingPhoneNumbers.list({ limit: 1000 });
}

/** Resolves to null for HTTP 404, because Twilio has no dialing permissions for some small countries. */
async function unlessUnknown<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asked;
  } catch (error) {
    if (failureStatus(error) === 404) return null;
    throw error;
  }
}
