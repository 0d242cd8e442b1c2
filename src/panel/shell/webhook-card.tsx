import type { PanelTexts } from "../../texts/en/panel.ts";
import { CHANGE_TOKEN_FIELD } from "../server/guard-changes.ts";
import type { AppState } from "./app-state.ts";
import { CopyField } from "./copy-field.tsx";

export interface WebhookCardProps {
  readonly appState: AppState;
  /** Null on a page without forms. */
  readonly changeToken: string | null;
  readonly texts: PanelTexts;
}

/** The webhook URL to enter at Twilio. The user can discard a public address that was detected. */
export function WebhookCard({ appState, changeToken, texts }: WebhookCardProps) {
  const { webhook } = texts;
  const { publicAddress } = appState;
  return (
    <section id="webhook-card" class="card" aria-labelledby="webhook">
      <h2 id="webhook">{webhook.title}</h2>
      <p>{webhook.howTo}</p>
      {publicAddress === null ? (
        <p class="note">{webhook.whileUnknown}</p>
      ) : (
        <CopyField
          texts={texts}
          id="webhook-address"
          label={webhook.label}
          text={`${publicAddress.base}/webhook`}
        />
      )}
      {changeToken === null || publicAddress === null || publicAddress.source === "configured" ? null : (
        <form method="post" action="discard-address">
          <input type="hidden" name={CHANGE_TOKEN_FIELD} value={changeToken} />
          <p class="note">{webhook.discardAddressNote}</p>
          <button class="quiet">{webhook.discardAddress}</button>
        </form>
      )}
    </section>
  );
}
