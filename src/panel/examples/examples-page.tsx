import type { Happened } from "../../domain/events/history.ts";
import { textsFor } from "../../texts/texts-for.ts";
import type { PanelTexts } from "../../texts/types/panel.ts";
import { tellHappened } from "../activity/describe-event.ts";
import { CopyBlock } from "../shell/copy-field.tsx";
import type { PanelFacts } from "../shell/facts.ts";
import { Page } from "../shell/page.tsx";
import { Moment } from "../shell/time.tsx";
import { WebhookCard } from "../shell/webhook-card.tsx";
import { asYaml } from "./automation-for.ts";
import { automationFor } from "./automation-for.ts";
import { notifySnippet, sendExample, talkExample } from "./examples.ts";
import type { PasteParts } from "./routes.tsx";

export interface PastePageProps {
  readonly paste: PasteParts["paste"];
  /** What can be chosen, newest first. */
  readonly recent: readonly Happened[];
  /** Null where nothing has come in yet. */
  readonly chosen: Happened | null;
  readonly contactOf: (address: string) => string | null;
  readonly facts: PanelFacts;
}

/** What to paste into Home Assistant, made of what came in and whom the user knows. */
export function PastePage({ paste, recent, chosen, contactOf, facts }: PastePageProps) {
  const texts = textsFor(facts.homeAssistant.language);
  return (
    <Page texts={texts} current="paste" appVersion={facts.appVersion}>
      <AutomationCard recent={recent} chosen={chosen} contactOf={contactOf} facts={facts} texts={texts} />
      <ExamplesCard paste={paste} texts={texts} />
      <NotifyCard paste={paste} texts={texts} />
      <WebhookCard facts={facts} changeToken={null} texts={texts} />
    </Page>
  );
}

type AutomationCardProps = Omit<PastePageProps, "paste"> & { readonly texts: PanelTexts };

function AutomationCard({ recent, chosen, contactOf, facts, texts }: AutomationCardProps) {
  const { paste } = texts;
  return (
    <section class="card" aria-labelledby="automation-title">
      <h2 id="automation-title">{paste.title}</h2>
      {chosen === null ? (
        <p>{paste.none}</p>
      ) : (
        <>
          <p>{paste.intro}</p>
          <nav class="choices" aria-label={paste.choose}>
            {recent.map((event) => (
              <a
                href={`paste?event=${event.seq}`}
                {...(event.seq === chosen.seq ? { "aria-current": "true" as const } : {})}
              >
                <span>{tellHappened(event, texts.activity.history, contactOf).sentence}</span>
                <span class="note">
                  <Moment at={event.at} facts={facts} texts={texts} />
                </span>
              </a>
            ))}
          </nav>
          <CopyBlock
            texts={texts}
            id="automation"
            label={paste.automation}
            text={asYaml(automationFor(chosen, paste.yaml))}
          />
          <p>{paste.yourDoing}</p>
          <p class="note">{paste.howTo}</p>
          <p class="note">{paste.forged}</p>
        </>
      )}
    </section>
  );
}

function ExamplesCard({ paste: { contacts }, texts }: Pick<PastePageProps, "paste"> & WithTexts) {
  const { paste } = texts;
  return (
    <section class="card" aria-labelledby="examples">
      <h2 id="examples">{paste.actions}</h2>
      <CopyBlock
        texts={texts}
        id="send"
        label={paste.send}
        text={asYaml(sendExample(contacts, paste.yaml))}
      />
      <p class="note">{paste.actionsHowTo}</p>
      <CopyBlock
        texts={texts}
        id="talk"
        label={paste.talk}
        text={asYaml(talkExample(contacts, paste.yaml))}
      />
      <p class="note">{paste.talkNote}</p>
    </section>
  );
}

function NotifyCard({ paste: { notifiers }, texts }: Pick<PastePageProps, "paste"> & WithTexts) {
  const { paste } = texts;
  return (
    <section class="card" aria-labelledby="notify-title">
      <h2 id="notify-title">{paste.notify}</h2>
      {notifiers.length === 0 ? (
        <p>{paste.notifyNone}</p>
      ) : (
        <>
          <p>{paste.notifyHowTo}</p>
          <CopyBlock
            texts={texts}
            id="notify"
            label="configuration.yaml"
            text={asYaml(notifySnippet(notifiers))}
          />
        </>
      )}
    </section>
  );
}

interface WithTexts {
  readonly texts: PanelTexts;
}
