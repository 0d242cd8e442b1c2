/** One row of the table of results. */
export interface Row {
  readonly figure: string;
  readonly app: string;
  /** The figure of Core's integration, or an empty text if Core has nothing comparable. */
  readonly core: string;
  readonly ratio: string;
  readonly goal: string;
  /** Whether the app meets the goal, or null if there is no goal. */
  readonly met: boolean | null;
}

/** The parts of a row about a figure that Core's integration does not have. */
export const ALONE = { core: "", ratio: "" } as const;

const HEAD = ["| figure | this app | Core's Twilio | app ÷ Core | goal | |", "|---|---|---|---|---|---|"];

/** The rows as a Markdown table. */
export function toTable(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ figure, app, core, ratio, goal, met }) =>
      `| ${[figure, app, core || "–", ratio || "–", goal || "–", verdict(met)].join(" | ")} |`,
  );
  return [...HEAD, ...lines].join("\n");
}

function verdict(met: boolean | null): string {
  if (met === null) return "";
  return met ? "met" : "**missed**";
}

/** Milliseconds, with as many digits as are meaningful. */
export function ms(value: number): string {
  if (!Number.isFinite(value)) return "no answer";
  if (value >= 1000) return `${(value / 1000).toFixed(2)} s`;
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`;
}

/** One number as a multiple of another. */
export function times(app: number, core: number): string {
  const ratio = app / core;
  return `${ratio < 0.01 ? ratio.toFixed(4) : ratio.toFixed(2)} ×`;
}
