import type { Clock } from "../../domain/clock.ts";

/**
 * Streams texts as UTF-8. The next text is made only when the browser has taken the previous one, and the process
 * answers webhooks in between. So a long history needs little memory and delays no call.
 */
export function streamTexts(
  texts: Iterator<string>,
  clock: Pick<Clock, "nextTurn">,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      await new Promise<void>((resolve) => clock.nextTurn(resolve));
      const { done, value } = texts.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel() {
      texts.return?.();
    },
  });
}
