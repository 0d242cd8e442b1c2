import { textsFor } from "../../texts/texts-for.ts";
import type { AppState } from "./app-state.ts";
import { Page } from "./page.tsx";

/**
 * The page after a press of a button on a page that is older than the app's start. Like every page, it shows the alarms
 * in progress, so that the user can answer them here.
 */
export function RestartedPage({ appState }: { readonly appState: AppState }) {
  const texts = textsFor(appState.language);
  const { title, nothingChanged, tryAgain } = texts.restarted;
  return (
    <Page texts={texts} current="overview" title={title} appState={appState}>
      <section class="card">
        <p>{nothingChanged}</p>
        <p>{tryAgain}</p>
      </section>
    </Page>
  );
}
