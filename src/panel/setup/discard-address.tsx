import type { PanelTexts } from "../../texts/en/panel.ts";
import { CHANGE_TOKEN_FIELD } from "../server/guard-changes.ts";
import type { AppState } from "../shell/app-state.ts";

export interface DiscardAddressProps {
  readonly publicAddress: AppState["publicAddress"];
  readonly changeToken: string;
  readonly texts: PanelTexts;
}

/**
 * Shows a button that makes the app detect its public address again. Shows nothing unless the app has detected the
 * present one. The user may have entered it, or it may be the webhook relay's.
 */
export function DiscardAddress({ publicAddress, changeToken, texts: { webhook } }: DiscardAddressProps) {
  const source = publicAddress?.source;
  if (source !== "learnt" && source !== "provisional") return <></>;
  return (
    <form method="post" action="discard-address">
      <input type="hidden" name={CHANGE_TOKEN_FIELD} value={changeToken} />
      <p class="note">{webhook.discardAddressNote}</p>
      <button class="quiet">{webhook.discardAddress}</button>
    </form>
  );
}
