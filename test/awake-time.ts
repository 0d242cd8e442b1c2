/** How often the time is read, in milliseconds. */
const READ_EVERY_MS = 50;
/** The longest time between two readings that counts, in milliseconds. If it was longer, the process stood still. */
const MOST_MS = 500;

let [last, time] = [performance.now(), performance.now()];
setInterval(awakeTime, READ_EVERY_MS).unref();

/**
 * The time in which this process ran, in whole milliseconds since an arbitrary start. If the machine pauses for some
 * seconds, these count as half a second. So a pause of the machine does not use up a time limit.
 */
export function awakeTime(): number {
  const now = performance.now();
  time += Math.min(now - last, MOST_MS);
  last = now;
  return Math.floor(time);
}
