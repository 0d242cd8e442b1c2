/** Home Assistant as the demo needs it, whether real or a stand-in. */
export interface House extends AsyncDisposable {
  readonly isReal: boolean;
  readonly url: string;
  readonly token: string;
  /** Who may log in on its page; null where there is none. */
  readonly login: { readonly username: string; readonly password: string } | null;
  /** Resolves with a sentence once the garage door is open. */
  doorOpened(): Promise<string>;
  closeDoor(): Promise<void>;
  /** Resolves with a sentence once a notification holds `text`. */
  notified(text: string): Promise<string>;
  notify(service: string, data: Readonly<Record<string, unknown>>): Promise<void>;
}
