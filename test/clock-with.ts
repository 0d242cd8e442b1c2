import { SYSTEM_CLOCK } from "../src/app/system/clock.ts";
import type { Clock } from "../src/domain/clock.ts";

/** The machine's clock with some parts replaced. */
export function clockWith(parts: Partial<Clock>): Clock {
  return { ...SYSTEM_CLOCK, ...parts };
}
