/** An account's SID without its middle: `AC12…ab90`. This is enough to distinguish accounts. */
export function maskSid(sid: string): string {
  return `${sid.slice(0, 4)}…${sid.slice(-4)}`;
}
