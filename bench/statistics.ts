/** How many rounds are measured. Each figure is the median of its rounds. */
export const ROUNDS = 3;

/** Returns the value below which the share `part` (0 to 1) of the values lies. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
}

/** Returns the median of the values. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
