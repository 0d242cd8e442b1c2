import type { PanelTexts } from "../../texts/en/panel.ts";
import type { AppState } from "./app-state.ts";
import { CopyField } from "./copy-field.tsx";

export interface WebhookCardProps {
  readonly appState: AppState;
  readonly texts: PanelTexts;
}

/** Shows the webhook URL that the user enters at Twilio. */
export function WebhookCard({ appState, texts }: WebhookCardProps) {
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
    </section>
  );
}
