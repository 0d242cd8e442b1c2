import type { HistoryEntry } from "../../domain/events/history.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import { textsFor } from "../../texts/texts-for.ts";
import { describeEvent } from "../activity/describe-event.ts";
import type { AppState } from "../shell/app-state.ts";
import { CopyBlock } from "../shell/copy-field.tsx";
import { Page } from "../shell/page.tsx";
import { Time } from "../shell/time.tsx";
import { WebhookCard } from "../shell/webhook-card.tsx";
import { toYaml } from "./automation-for.ts";
import { automationFor } from "./automation-for.ts";
import { notifyExample, sendExample, talkExample } from "./examples.ts";
import type { ExamplesPorts } from "./routes.tsx";

export interface ExamplesPageProps {
  readonly examples: ExamplesPorts["examples"];
  /** The events from which the user can choose, newest first. If `chosen` is not one of the newest, it comes first. */
  readonly recent: readonly HistoryEntry[];
  /** The event for which the page shows an automation; null if the history is empty. */
  readonly chosen: HistoryEntry | null;
  readonly contactOf: (address: string) => string | null;
  readonly appState: AppState;
}

/** Shows the page Examples: YAML for Home Assistant, made from recent events and the user's contacts. */
export function ExamplesPage({ examples, recent, chosen, contactOf, appState }: ExamplesPageProps) {
  const texts = textsFor(appState.language);
  return (
    <Page texts={texts} current="examples" appState={appState}>
      <AutomationCard
        recent={recent}
        chosen={chosen}
        contactOf={contactOf}
        appState={appState}
        texts={texts}
      />
      <ExamplesCard examples={examples} texts={texts} />
      <NotifyCard examples={examples} texts={texts} />
      <WebhookCard appState={appState} texts={texts} />
    </Page>
  );
}

type AutomationCardProps = Omit<ExamplesPageProps, "examples"> & { readonly texts: PanelTexts };

function AutomationCard({ recent, chosen, contactOf, appState, texts }: AutomationCardProps) {
  const { examples } = texts;
  return (
    <section class="card" aria-labelledby="automation-title">
      <h2 id="automation-title">{examples.title}</h2>
      {chosen === null ? (
        <p>{examples.none}</p>
      ) : (
        <>
          <p>{examples.intro}</p>
          <nav class="choices" aria-label={examples.choose}>
            {recent.map((event) => (
              <a
                href={`examples?event=${event.seq}`}
                {...(event.seq === chosen.seq ? { "aria-current": "true" as const } : {})}
              >
                <span>{describeEvent(event, texts.activity.history, contactOf, texts.errors).sentence}</span>
                <span class="note">
                  <Time at={event.at} appState={appState} texts={texts} />
                </span>
              </a>
            ))}
          </nav>
          <CopyBlock
            texts={texts}
            id="automation"
            label={examples.automation}
            text={toYaml(automationFor(chosen, examples.yaml))}
          />
          <p>{examples.yourDoing}</p>
          <p class="note">{examples.howTo}</p>
          <p class="note">{examples.forged}</p>
        </>
      )}
    </section>
  );
}

function ExamplesCard({ examples: { contacts }, texts }: Pick<ExamplesPageProps, "examples"> & WithTexts) {
  const { examples } = texts;
  return (
    <section class="card" aria-labelledby="examples">
      <h2 id="examples">{examples.actions}</h2>
      <CopyBlock
        texts={texts}
        id="send"
        label={examples.send}
        text={toYaml(sendExample(contacts(), examples.yaml))}
      />
      <p class="note">{examples.actionsHowTo}</p>
      <CopyBlock
        texts={texts}
        id="talk"
        label={examples.talk}
        text={toYaml(talkExample(contacts(), examples.yaml))}
      />
      <p class="note">{examples.talkNote}</p>
    </section>
  );
}

function NotifyCard({ examples: { notifiers }, texts }: Pick<ExamplesPageProps, "examples"> & WithTexts) {
  const { examples } = texts;
  return (
    <section class="card" aria-labelledby="notify-title">
      <h2 id="notify-title">{examples.notify}</h2>
      {notifiers.length === 0 ? (
        <p>{examples.notifyNone}</p>
      ) : (
        <>
          <p>{examples.notifyHowTo}</p>
          <CopyBlock
            texts={texts}
            id="notify"
            label="configuration.yaml"
            text={toYaml(notifyExample(notifiers))}
          />
        </>
      )}
    </section>
  );
}

interface WithTexts {
  readonly texts: PanelTexts;
}
