import { TEXTS } from "../texts/en/texts.ts";
import type { Texts } from "../texts/en/texts.ts";

/** The words of a notification. */
export interface NotificationWords {
  readonly title: string;
  readonly message: string;
}

/** A persistent notification in Home Assistant. Its words are in one language, or chosen when it is shown. */
export type Notification = { readonly id: string } & (
  | NotificationWords
  | {
      /** The words in the language of `texts`. */
      readonly say: (texts: Texts) => NotificationWords;
    }
);

/** The words of a notification in the language of `texts`. */
export function wordsOf(notification: Notification, texts: Texts): NotificationWords {
  return "say" in notification ? notification.say(texts) : notification;
}

/** The English words of a notification, for the log. */
export function englishWords(notification: Notification): NotificationWords {
  return wordsOf(notification, TEXTS);
}

/** Raises and dismisses notifications without waiting. */
export interface Notifications {
  /** Replaces a notification with the same ID. */
  raise(notification: Notification): void;
  dismiss(id: string): void;
}
