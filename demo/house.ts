/** The parts of Home Assistant that the demo uses: a real one or a stand-in. */
export interface House extends AsyncDisposable {
  readonly isReal: boolean;
  readonly url: string;
  readonly token: string;
  /** The login for its page, or null if it has no page. */
  readonly login: { readonly username: string; readonly password: string } | null;
  /** Sets Home Assistant's own URL as its external URL. */
  becomeReachable(): Promise<void>;
  /** Resolves with a sentence when the garage door is open. */
  doorOpened(): Promise<string>;
  closeDoor(): Promise<void>;
  /** Resolves with a sentence when a notification contains `text`. */
  notified(text: string): Promise<string>;
  notify(service: string, data: Readonly<Record<string, unknown>>): Promise<void>;
}
