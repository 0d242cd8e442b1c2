import { createHash, timingSafeEqual } from "node:crypto";

/** Whether two texts are equal. The time that it takes does not depend on their content. */
export function constantTimeEqual(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
