import { createRandom } from "../../random.ts";
import type { Random } from "../../random.ts";

/**
 * A stream of random numbers for each purpose. If a step of a schedule is removed, the other streams stay the same.
 */
export type RandomStreams = (purpose: string) => Random;

/**
 * Creates streams that depend only on `seed`. The same purpose gives the same stream, which continues where it ended.
 */
export function createRandomStreams(seed: number): RandomStreams {
  const streams = new Map<string, Random>();
  return (purpose) => {
    const known = streams.get(purpose);
    if (known !== undefined) return known;
    const stream = createRandom(hashOf(`${seed} ${purpose}`));
    streams.set(purpose, stream);
    return stream;
  };
}

/** A whole number from `least` to `most`, both included. */
export function between(random: Random, least: number, most: number): number {
  return least + random.below(most - least + 1);
}

/** From `least` to `most` items. */
export function several<Item>(random: Random, least: number, most: number, make: () => Item): Item[] {
  return Array.from({ length: between(random, least, most) }, make);
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
