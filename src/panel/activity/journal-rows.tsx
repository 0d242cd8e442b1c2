import type { LostJournal } from "../../health/lost-journal.ts";
import type { CopyReport } from "../../health/notification.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import type { AppState } from "../shell/app-state.ts";
import { StateRow } from "../shell/state-row.tsx";
import { Time } from "../shell/time.tsx";

export interface JournalRowsProps {
  readonly lost: LostJournal | null;
  readonly lastCopy: CopyReport | null;
  readonly appState: AppState;
  readonly texts: PanelTexts;
}

/** Whether the journal is whole, and when a backup last took a copy of it. */
export function JournalRows({ lost, lastCopy, appState, texts }: JournalRowsProps) {
  const { now } = texts.activity;
  const moment = (at: number) => <Time at={at} appState={appState} texts={texts} />;
  return (
    <>
      {lost === null ? (
        <StateRow texts={texts} state="good" name={now.journal} value={now.journalWhole} />
      ) : (
        <StateRow
          texts={texts}
          state={lost.atThisStart === null ? "plain" : "attention"}
          name={now.journal}
          value={
            <>
              {lost.atThisStart?.wasDamaged === true ? now.journalDamaged : now.journalLost},{" "}
              {moment(lost.at)}
              {lost.atThisStart?.copiedAt ? (
                <p class="note">
                  {now.journalFromCopy} {moment(lost.atThisStart.copiedAt.getTime())}
                </p>
              ) : null}
            </>
          }
          note={now.journalLostNote}
        />
      )}
      {lastCopy === null ? (
        <StateRow
          texts={texts}
          state="plain"
          name={now.backup}
          value={now.backupNone}
          note={now.backupNoneNote}
        />
      ) : (
        <StateRow
          texts={texts}
          state={lastCopy.error === null ? "good" : "attention"}
          name={now.backup}
          value={
            <>
              {lastCopy.error === null ? null : `${now.backupFailed}, `}
              {timeOf(lastCopy.at)}
            </>
          }
          note={lastCopy.error === null ? now.megabytes(lastCopy.bytes ?? 0) : now.backupFailedNote}
        />
      )}
    </>
  );

  /** Read from a file that anybody may have touched. */
  function timeOf(iso: string) {
    const at = Date.parse(iso);
    return Number.isNaN(at) ? "?" : moment(at);
  }
}
