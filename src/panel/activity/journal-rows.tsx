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

/** Whether a journal was lost, and when it was last copied for a backup. */
export function JournalRows({ lost, lastCopy, appState, texts }: JournalRowsProps) {
  const { now } = texts.activity;
  const time = (at: number) => <Time at={at} appState={appState} texts={texts} />;
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
              {lost.atThisStart?.wasDamaged === true ? now.journalDamaged : now.journalLost}, {time(lost.at)}
              {lost.atThisStart?.copiedAt ? (
                <p class="note">
                  {now.journalFromCopy} {time(lost.atThisStart.copiedAt.getTime())}
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

  /** `iso` comes from a file that the user may have changed, so it may not be a time. */
  function timeOf(iso: string) {
    const at = Date.parse(iso);
    return Number.isNaN(at) ? "?" : time(at);
  }
}
