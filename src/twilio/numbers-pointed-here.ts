import type { AccountNumber } from "./list-account.ts";
import type { PublicAddress } from "./public-address.ts";
import { tryList } from "./try-list.ts";
import type { ListAnswer } from "./try-list.ts";

export interface PointedNumber {
  readonly kind: "message" | "call";
  readonly address: string;
}

/** Numbers of the account whose messages or calls Twilio reports to this app; none while its address is not known. */
export function numbersPointedHere(
  accountNumbers: () => Promise<readonly AccountNumber[]>,
  address: PublicAddress,
): Promise<ListAnswer<PointedNumber>> {
  return tryList(async () => {
    const base = address.known();
    if (base === null) return [];
    const isOurs = (url: string): boolean => url.split(/[?#]/)[0] === `${base}/webhook`;
    return (await accountNumbers()).flatMap(({ number, smsUrl, voiceUrl }): PointedNumber[] => [
      ...(isOurs(smsUrl) ? [{ kind: "message" as const, address: number }] : []),
      ...(isOurs(voiceUrl) ? [{ kind: "call" as const, address: number }] : []),
    ]);
  });
}
