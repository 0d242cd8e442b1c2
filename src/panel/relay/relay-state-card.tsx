import { errorText } from "../../domain/error-text.ts";
import { withCode } from "../../domain/reported-error.ts";
import type { RelayState, RelayStep, RelayWork } from "../../setup/relay/relay-state.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import type { AppState } from "../shell/app-state.ts";
import { SafeLink } from "../shell/safe-link.tsx";
import { StateRow } from "../shell/state-row.tsx";
import { Time } from "../shell/time.tsx";

const STEPS: Readonly<Record<RelayWork, readonly RelayStep[]>> = {
  setting_up: [
    "house",
    "answers",
    "service",
    "environment",
    "variables",
    "functions",
    "build",
    "deploy",
    "test",
    "numbers",
  ],
  removing: ["numbers_back", "calls", "removal"],
};

export interface RelayStateCardProps {
  readonly state: RelayState;
  readonly appState: AppState;
  readonly texts: PanelTexts;
}

/** Shows the state of the webhook relay, and the progress while the relay is being set up or removed. */
export function RelayStateCard({ state, appState, texts }: RelayStateCardProps) {
  switch (state.kind) {
    case "none":
      // After a removal, this makes an open page stop refreshing.
      return <div data-final hidden />;
    case "busy":
      return <Progress work={state.work} step={state.step} texts={texts} />;
    case "failed":
      return <Failure state={state} texts={texts} />;
    case "ready":
      return <Ready state={state} appState={appState} texts={texts} />;
  }
}

function Progress({
  work,
  step,
  texts,
}: {
  readonly work: RelayWork;
  readonly step: RelayStep;
  readonly texts: PanelTexts;
}) {
  const { steps: said } = texts.relay;
  const all = STEPS[work];
  const present = all.indexOf(step);
  return (
    <section class="card" aria-labelledby="relay-progress">
      <h2 id="relay-progress">{said.title}</h2>
      <dl>
        {all.map((one, index) => (
          <StateRow
            texts={texts}
            state={index < present ? "good" : index === present ? "waiting" : "plain"}
            name={`${index + 1}`}
            value={said.names[one]}
          />
        ))}
      </dl>
    </section>
  );
}

function Failure({
  state,
  texts,
}: {
  readonly state: Extract<RelayState, { readonly kind: "failed" }>;
  readonly texts: PanelTexts;
}) {
  const { steps: said } = texts.relay;
  const { error, step } = state;
  return (
    <section class="card outcome attention" role="alert" data-final>
      <p>{said.failedAt(said.names[step])}</p>
      <p>{withCode({ ...error, message: errorText(error, texts.errors) })}</p>
      {error.more_info === null ? null : (
        <p>
          <SafeLink to={error.more_info}>{texts.setup.test.moreInfo}</SafeLink>
        </p>
      )}
      <p>{said.failedThen}</p>
    </section>
  );
}

function Ready({
  state,
  appState,
  texts,
}: {
  readonly state: Extract<RelayState, { readonly kind: "ready" }>;
  readonly appState: AppState;
  readonly texts: PanelTexts;
}) {
  const { ready: said, row } = texts.relay;
  const { domain, problem, test } = state;
  return (
    <section class="card" aria-labelledby="relay-state" data-final>
      <h2 id="relay-state">{row.name}</h2>
      <dl>
        <StateRow
          texts={texts}
          state={problem === null ? "good" : "attention"}
          name={said.address}
          value={<code>https://{domain}</code>}
          {...(problem === null ? {} : { note: said.problems[problem] })}
        />
        <StateRow
          texts={texts}
          state={test === null ? "plain" : "good"}
          name={said.test}
          value={test === null ? said.notTested : said.tested(test.ms)}
          {...(test === null ? {} : { note: <Time at={test.at} appState={appState} texts={texts} /> })}
        />
      </dl>
    </section>
  );
}
