import type { AccountCheck } from "../../setup/checks.ts";
import type { TwilioApi } from "../rest/client.ts";
import { failureStatus } from "../rest/outcome.ts";

/**
 * Reads the name, the type and the balance of the account. Never rejects, because the errors of Twilio's client contain
 * the credentials.
 */
export async function describeAccount(api: () => Promise<TwilioApi>): Promise<AccountCheck> {
  try {
    const { account } = await api();
    const [{ friendlyName, type, status }, balance] = await Promise.all([
      account.fetch(),
      account.balance.fetch().catch(() => null),
    ]);
    return {
      kind: "known",
      name: friendlyName,
      isTrial: type === "Trial",
      status,
      balance: balance?.balance ? { amount: balance.balance, currency: balance.currency } : null,
    };
  } catch (error) {
    const status = failureStatus(error);
    return status === null || status >= 500 || status === 429 ? { kind: "away" } : await checkByNumbers(api);
  }
}

/**
 * Checks the credentials by reading one number. Some API keys and compatible providers do not let the app read the
 * account, but can send.
 */
async function checkByNumbers(api: () => Promise<TwilioApi>): Promise<AccountCheck> {
  try {
    const { account } = await api();
    await account.incomingPhoneNumbers.list({ limit: 1 });
    return { kind: "hidden" };
  } catch (error) {
    const status = failureStatus(error);
    return status === 401 || status === 403 ? { kind: "refused" } : { kind: "away" };
  }
}
