/** A persistent notification in Home Assistant; one with the same id is replaced. */
export interface Notification {
  readonly id: string;
  readonly title: string;
  readonly message: string;
}
