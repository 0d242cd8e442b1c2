import { createHash, timingSafeEqual } from "node:crypto";

/** Whether two texts are equal. How long it takes tells nothing of either, not even its length. */
export function constantTimeEqual(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
