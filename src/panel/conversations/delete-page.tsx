import { textsFor } from "../../texts/texts-for.ts";
import { CHANGE_TOKEN_FIELD } from "../server/guard-changes.ts";
import type { AppState } from "../shell/app-state.ts";
import { pageAddress } from "../shell/page-address.ts";
import { Page } from "../shell/page.tsx";

export interface DeletePageProps {
  readonly appState: AppState;
  readonly name: string;
  readonly conversationKey: string;
  readonly changeToken: string;
}

/** Shows the question whether to delete a conversation. */
export function DeletePage({ appState, name, conversationKey, changeToken }: DeletePageProps) {
  const texts = textsFor(appState.language);
  const { deletion } = texts.conversations;
  return (
    <Page texts={texts} appState={appState} current="conversations" title={deletion.title(name)}>
      <section class="card" aria-labelledby="delete-title">
        <h2 id="delete-title" class="unseen">
          {deletion.link}
        </h2>
        <p>{deletion.note}</p>
        <form method="post" action="delete">
          <input type="hidden" name={CHANGE_TOKEN_FIELD} value={changeToken} />
          <input type="hidden" name="with" value={conversationKey} />
          <p class="buttons">
            <button class="danger">{deletion.confirm}</button>
            <a class="button quiet" href={`${pageAddress("conversation", { with: conversationKey })}#newest`}>
              {deletion.cancel}
            </a>
          </p>
        </form>
      </section>
    </Page>
  );
}
