/** Removes the middle of an account's SID for the log: `AC12…ab90`. The rest is enough to distinguish accounts. */
export function maskSid(sid: string): string {
  return `${sid.slice(0, 4)}…${sid.slice(-4)}`;
}
