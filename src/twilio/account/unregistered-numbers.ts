import { isLongCode } from "../../contacts/numbers/north-american-number.ts";
import type { RestHosts } from "../rest/client.ts";

/** How many Messaging Services the app reads. A home has only a few. */
const MOST_SERVICES = 50;
/** The most numbers that a Messaging Service can have. Source: twilio.com/docs/api/errors/21714 */
const MOST_NUMBERS = 400;

/**
 * Finds US and Canadian numbers without an approved A2P 10DLC campaign, the registration that US carriers demand for
 * texts. A number belongs to a campaign through its Messaging Service.
 *
 * @param senders numbers and Messaging Services (`MG…`)
 */
export async function unregisteredNumbers(
  messaging: RestHosts["messaging"],
  senders: readonly string[],
): Promise<string[]> {
  if (!senders.some((sender) => isLongCode(sender) || sender.startsWith("MG"))) return [];
  const registered = new Set<string>();
  const sending = senders.filter(isLongCode);
  for (const { sid } of await messaging.v1.services.list({ limit: MOST_SERVICES })) {
    const service = messaging.v1.services(sid);
    const campaigns = await service.usAppToPerson.list({ limit: 20 });
    const isApproved = campaigns.some(({ campaignStatus }) => campaignStatus === "VERIFIED");
    if (!isApproved && !senders.includes(sid)) continue;
    const numbers = (await service.phoneNumbers.list({ limit: MOST_NUMBERS })).map(
      ({ phoneNumber }) => phoneNumber,
    );
    if (isApproved) for (const number of numbers) registered.add(number);
    else sending.push(...numbers.filter(isLongCode));
  }
  return [...new Set(sending)].filter((number) => !registered.has(number));
}
