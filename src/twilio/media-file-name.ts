export interface MediaFileName {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly type: string;
}

const NAME = /^([\w-]{22,})\.(\d{1,16})\.([\w-]+)~([\w.+-]+)$/;

/** `<token>.<expiry>.image~jpeg` */
export function mediaFileName({ token, expiresAt, type }: MediaFileName): string {
  return `${token}.${expiresAt}.${type.replace("/", "~")}`;
}

/** Null for the name of anything else, such as a file that was never finished. */
export function parseMediaFileName(name: string): MediaFileName | null {
  const [, token, expiresAt, type, subtype] = NAME.exec(name) ?? [];
  return token === undefined ? null : { token, expiresAt: Number(expiresAt), type: `${type}/${subtype}` };
}
