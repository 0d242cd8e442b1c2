/** A persistent notification in Home Assistant; one with the same id is replaced. */
export interface Notification {
  readonly id: string;
  readonly title: string;
  readonly message: string;
}

/** Raises and dismisses notifications without waiting. */
export interface Notifications {
  /** One with the same id is replaced. */
  raise(notification: Notification): void;
  dismiss(id: string): void;
}
