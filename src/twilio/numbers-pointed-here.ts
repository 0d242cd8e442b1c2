import type { ListAnswer } from "../domain/list-answer.ts";
import { isWebhookOf } from "../domain/number-webhooks.ts";
import type { OurNumber } from "../domain/our-number.ts";
import type { AccountNumber } from "./list-account.ts";
import type { PublicAddress } from "./public-address.ts";
import { tryList } from "./try-list.ts";

/** Numbers of the account whose messages or calls Twilio reports to this app; none while its address is not known. */
export function numbersPointedHere(
  accountNumbers: () => Promise<readonly AccountNumber[]>,
  address: PublicAddress,
): Promise<ListAnswer<OurNumber>> {
  return tryList(async () => {
    const base = address.known();
    if (base === null) return [];
    return (await accountNumbers()).flatMap(({ number, smsUrl, voiceUrl }): OurNumber[] => [
      ...(isWebhookOf(base, smsUrl) ? [{ kind: "message" as const, address: number }] : []),
      ...(isWebhookOf(base, voiceUrl) ? [{ kind: "call" as const, address: number }] : []),
    ]);
  });
}
