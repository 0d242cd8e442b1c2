export interface FoldedName {
  readonly name: string;
  /** The name in its form for comparison, as `foldName` makes it. */
  readonly folded: string;
}

/**
 * Finds the names that are most similar to `wanted`: the fewest letters differ, or one name contains all words of the
 * other.
 */
export function nearestNames(wanted: string, names: readonly FoldedName[]): string[] {
  const distances = names.map(({ name, folded }) => ({ name, distance: distanceOf(wanted, folded) }));
  const least = Math.min(...distances.map(({ distance }) => distance));
  if (least === Infinity) return [];
  return [...new Set(distances.filter(({ distance }) => distance === least).map(({ name }) => name))];
}

function distanceOf(wanted: string, folded: string): number {
  if (isPartOf(wanted, folded) || isPartOf(folded, wanted)) return 0;
  const most = Math.max(1, Math.floor(folded.length / 4));
  if (Math.abs(wanted.length - folded.length) > most) return Infinity;
  const distance = editDistance(wanted, folded);
  return distance > most ? Infinity : distance;
}

/** Whether one name contains all words of the other, such as `grossmutter anna` and `anna`. */
function isPartOf(part: string, whole: string): boolean {
  const words = new Set(whole.split(" "));
  return part.split(" ").every((word) => words.has(word));
}

/**
 * How many letters must be added, removed, replaced or swapped with their neighbour to turn one text into the other
 * (optimal string alignment).
 */
function editDistance(from: string, to: string): number {
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwap = row > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current[column] = Math.min(
        (last[column] ?? Infinity) + 1,
        (current[column - 1] ?? Infinity) + 1,
        (last[column - 1] ?? Infinity) + (isSame ? 0 : 1),
        isSwap ? (before[column - 2] ?? Infinity) + 1 : Infinity,
      );
    }
    before = last;
    last = current;
  }
  return last[to.length] ?? Infinity;
}
