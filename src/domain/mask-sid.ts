/** A SID with its middle left out: `AC12…ab90`. Enough to tell one account from another. */
export function maskSid(sid: string): string {
  return `${sid.slice(0, 4)}…${sid.slice(-4)}`;
}
