import { TEXTS } from "../texts/en/texts.ts";
import type { Texts } from "../texts/en/texts.ts";

export interface NotificationWords {
  readonly title: string;
  readonly message: string;
}

/**
 * A persistent notification in Home Assistant. It contains either its words in one language, or a function that writes
 * them in the reader's language.
 */
export type Notification = { readonly id: string } & (
  | NotificationWords
  | {
      /** Writes the notification in the language of `texts`. */
      readonly say: (texts: Texts) => NotificationWords;
    }
);

/**
 * Returns the title and message of a notification. If the notification exists in several languages, they are in the
 * language of `texts`.
 */
export function wordsOf(notification: Notification, texts: Texts): NotificationWords {
  return "say" in notification ? notification.say(texts) : notification;
}

/** Returns the English title and message of a notification, for the log. */
export function englishWords(notification: Notification): NotificationWords {
  return wordsOf(notification, TEXTS);
}

/** Raises and dismisses notifications in Home Assistant. Callers do not wait for Home Assistant. */
export interface Notifications {
  /** Shows a notification. It replaces an earlier notification with the same ID. */
  raise(notification: Notification): void;
  dismiss(id: string): void;
}
