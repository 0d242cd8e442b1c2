import type { LostJournal } from "../../health/lost-journal.ts";
import type { CopyReport } from "../../health/notification.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import type { AppState } from "../shell/app-state.ts";
import { Time } from "../shell/time.tsx";
import type { NowRow } from "./now-rows.tsx";

export interface JournalRowsProps {
  readonly lost: LostJournal | null;
  readonly lastCopy: CopyReport | null;
  readonly appState: AppState;
  readonly texts: PanelTexts;
}

/**
 * Makes the lines about the journal (the app's database). One line says whether an earlier journal was lost, the other
 * when the present journal was last copied for a backup.
 */
export function journalRows({ lost, lastCopy, appState, texts }: JournalRowsProps): NowRow[] {
  const { now } = texts.activity;
  return [lost === null ? wholeRow() : lostRow(lost), lastCopy === null ? noCopyRow() : copyRow(lastCopy)];

  function wholeRow(): NowRow {
    return { state: "good", name: now.journal, value: now.journalWhole };
  }

  function lostRow({ at, atThisStart }: LostJournal): NowRow {
    return {
      state: atThisStart === null ? "plain" : "attention",
      name: now.journal,
      value: (
        <>
          {atThisStart?.wasDamaged === true ? now.journalDamaged : now.journalLost}, {time(at)}
          {atThisStart?.copiedAt ? (
            <p class="note">
              {now.journalFromCopy} {time(atThisStart.copiedAt.getTime())}
            </p>
          ) : null}
        </>
      ),
      note: now.journalLostNote,
    };
  }

  function noCopyRow(): NowRow {
    return { state: "plain", name: now.backup, value: now.backupNone, note: now.backupNoneNote };
  }

  function copyRow({ at, error, bytes }: CopyReport): NowRow {
    return {
      state: error === null ? "good" : "attention",
      name: now.backup,
      value: (
        <>
          {error === null ? null : `${now.backupFailed}, `}
          {timeOf(at)}
        </>
      ),
      note: error === null ? now.megabytes(bytes ?? 0) : now.backupFailedNote,
    };
  }

  function time(at: number) {
    return <Time at={at} appState={appState} texts={texts} />;
  }

  /**
   * Shows a time from the file with the report about the last copy. Shows `?` if `iso` is not a time, because a user
   * may have changed the file.
   */
  function timeOf(iso: string) {
    const at = Date.parse(iso);
    return Number.isNaN(at) ? "?" : time(at);
  }
}
