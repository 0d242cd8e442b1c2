import type { OpenRecipient } from "../../domain/events/history.ts";
import type { WebhookKind } from "../../domain/events/webhook.ts";

/** The texts of the page that tells what waits, what failed and what happened. `who`: a name, or a masked number. */
export interface ActivityTexts {
  readonly now: {
    readonly title: string;
    readonly events: string;
    readonly commands: string;
    readonly nothing: string;
    /** Before the time since when. */
    readonly since: string;
    readonly more: (count: number) => string;
    readonly unproven: string;
    readonly steps: Readonly<Record<OpenRecipient["state"], string>>;
    readonly commandNames: {
      readonly send_message: string;
      readonly make_call: string;
      readonly talk: string;
    };
    readonly retried: string;
    readonly sinceStart: string;
    /** Stands before the recipient. */
    readonly retriedHow: { readonly again: string; readonly looked_up: string };
    readonly refused: string;
    readonly missed: string;
    readonly missedNote: string;
    readonly webhooks: string;
    readonly webhooksRefused: (count: number) => string;
    readonly webhooksWhy: {
      readonly unsigned: string;
      readonly wrong_signature: string;
      readonly too_large: string;
      readonly faulty: string;
    };
    /** Before a time. */
    readonly last: string;
    readonly journal: string;
    readonly journalWhole: string;
    readonly journalLost: string;
    readonly journalDamaged: string;
    readonly journalFromCopy: string;
    readonly journalLostNote: string;
    readonly backup: string;
    readonly backupNone: string;
    readonly backupNoneNote: string;
    readonly backupFailed: string;
    readonly backupFailedNote: string;
    readonly megabytes: (bytes: number) => string;
  };
  readonly day: {
    readonly title: string;
    readonly messages: string;
    readonly calls: string;
    readonly of: (used: number, limit: number) => string;
    readonly note: string;
    readonly messagesReached: string;
    readonly callsReached: string;
    /** Where the limit is 0. */
    readonly noMessages: string;
    readonly noCalls: string;
  };
  readonly history: {
    readonly title: string;
    readonly empty: string;
    readonly older: string;
    readonly newest: string;
    readonly pages: string;
    readonly toAutomation: string;
    readonly moreInfo: string;
    readonly states: {
      readonly pending: string;
      readonly missed: string;
      readonly kept: string;
      readonly refused: string;
    };
    readonly isRepeat: string;
    readonly received: Readonly<Record<WebhookKind, (who: string) => string>>;
    readonly pressedKeys: (who: string) => string;
    readonly said: (who: string) => string;
    readonly fetched: string;
    readonly messageStatus: (who: string, status: string) => string;
    readonly callStatus: (who: string, status: string, seconds: number | null) => string;
    readonly recording: (who: string) => string;
    readonly statuses: Readonly<Record<string, string>>;
    readonly sent: (who: string) => string;
    readonly notSent: (who: string) => string;
    readonly called: (who: string) => string;
    readonly notCalled: (who: string) => string;
    readonly talked: string;
    readonly notTalked: string;
    readonly requestRefused: string;
    readonly somebody: string;
    readonly andOthers: (count: number) => string;
  };
  readonly diagnostics: { readonly title: string; readonly note: string; readonly download: string };
}
