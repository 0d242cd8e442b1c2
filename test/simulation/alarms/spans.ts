/** A span of time, in milliseconds of the run. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How long the spans last together within one span, in milliseconds. */
export function overlaps(spans: readonly Span[], within: Span): number {
  return spans.reduce((sum, span) => sum + overlap(span, within), 0);
}

/** The span that is part of both spans, as a list; an empty list if they have no time in common. */
export function commonSpan(one: Span, other: Span): Span[] {
  const from = Math.max(one.from, other.from);
  const to = Math.min(one.to, other.to);
  return from < to ? [{ from, to }] : [];
}

function overlap(one: Span, other: Span): number {
  return Math.max(0, Math.min(one.to, other.to) - Math.max(one.from, other.from));
}
