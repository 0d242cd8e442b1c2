/** A persistent notification in Home Assistant. */
export interface Notification {
  readonly id: string;
  readonly title: string;
  readonly message: string;
}

/** Raises and dismisses notifications without waiting. */
export interface Notifications {
  /** Replaces a notification with the same ID. */
  raise(notification: Notification): void;
  dismiss(id: string): void;
}
