import type { AddressEvidence } from "../../../inbound/address-evidence.ts";
import type { AddressConfirmation } from "../../../inbound/confirm-address.ts";
import type { CheckSignedAddress } from "../inbound-source.ts";
import type { AddressHeaders, PublicAddress } from "../public-address.ts";
import type { SignatureCheck } from "../verify/verify-signature.ts";
import type { WebhookAccount } from "../verify/verify-webhook.ts";

export interface SignedAddressOptions {
  readonly account: Pick<WebhookAccount, "isProvider">;
  readonly address: Pick<PublicAddress, "candidates" | "guesses" | "current" | "source">;
  readonly confirmation: Pick<AddressConfirmation, "reachesThisApp">;
}

/**
 * Creates the check that a request to the app's own port was signed for the app's public address. While the app has
 * neither a configured nor a learnt public address, it guesses the address from headers that the proxy or the client
 * sent.
 */
export function createSignedAddressCheck(options: SignedAddressOptions) {
  const { account, address, confirmation } = options;

  function isSettled(): boolean {
    return address.source() === "configured" || address.source() === "learnt";
  }

  /**
   * Finds another public address for which the account's key signed the request. Either the app has learnt a wrong
   * public address, or the webhook belongs to another service of the user.
   */
  function signedElsewhere(
    headers: AddressHeaders,
    target: string,
    check: SignatureCheck,
  ): AddressEvidence | null {
    for (const base of address.guesses(headers)) {
      const evidence = URL.canParse(base) ? check.signedBase(base, target) : null;
      if (evidence !== null) return evidence;
    }
    return null;
  }

  function signatureProblem(headers: AddressHeaders, elsewhere: AddressEvidence | null): string {
    const key = account.isProvider ? "webhook_secret" : "auth_token";
    const known = address.current();
    if (elsewhere !== null)
      return `it was signed for ${elsewhere.base}, but the app uses ${known} as its public address. If the second address is wrong, press "Forget this address" on the app's page, or enter public_url`;
    if (isSettled()) return `its signature does not fit ${key} and the address ${known}`;
    const [guess = "that it came to"] = address.guesses(headers);
    return `its signature does not fit ${key} and the address ${guess}. If Twilio uses another address or port, enter public_url or let the proxy pass on Host with its port`;
  }

  return (headers: AddressHeaders): CheckSignedAddress =>
    async (target, check, isJson) => {
      const bases = address.candidates(headers);
      const urls = bases.map((base) => `${base}${target}`);
      const verified = check.find(urls);
      if (verified !== null) {
        const base = bases[urls.indexOf(verified)] ?? "";
        return { ok: true, evidence: isSettled() ? null : check.signedBase(base, target) };
      }
      // `signedBase` checks only the URL. For JSON this is not enough, because the signature covers the body only
      // through a hash in the URL.
      const mayBeElsewhere = address.source() === "learnt" && !isJson;
      const elsewhere = mayBeElsewhere ? signedElsewhere(headers, target, check) : null;
      if (elsewhere !== null && (await confirmation.reachesThisApp(elsewhere)))
        return { ok: true, evidence: null };
      return { ok: false, problem: signatureProblem(headers, elsewhere) };
    };
}
