import { createHash, timingSafeEqual } from "node:crypto";

/**
 * Whether two texts are equal. The comparison takes equally long for all texts, so an attacker cannot guess a secret
 * letter by letter.
 */
export function constantTimeEqual(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
