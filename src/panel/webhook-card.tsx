import { CopyField } from "./copy-field.tsx";
import type { PanelFacts } from "./panel-facts.ts";
import type { PanelTexts } from "./texts/panel-texts.ts";

/** What to enter at Twilio, so that calls and messages come here. */
export function WebhookCard({ facts, texts }: { readonly facts: PanelFacts; readonly texts: PanelTexts }) {
  const { webhook } = texts;
  const { publicAddress } = facts;
  return (
    <section class="card" aria-labelledby="webhook">
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
