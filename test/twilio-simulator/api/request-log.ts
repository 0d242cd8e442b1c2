import type { RecordedRequest } from "./rest-app.ts";

/** The requests that created something, or tried to, and waits for them. */
export function createRequestLog() {
  const requests: RecordedRequest[] = [];
  const waiting = new Set<() => void>();

  return {
    requests: (): readonly RecordedRequest[] => requests,
    add(request: RecordedRequest): void {
      requests.push(request);
      for (const check of waiting) check();
    },
    arrived: (matches: (request: RecordedRequest) => boolean, timeoutMs: number): Promise<RecordedRequest> =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => finish(undefined), timeoutMs);
        const check = (): void => {
          const found = requests.find(matches);
          if (found !== undefined) finish(found);
        };
        const finish = (found: RecordedRequest | undefined): void => {
          clearTimeout(timer);
          waiting.delete(check);
          if (found === undefined) reject(new Error("No such request came in time"));
          else resolve(found);
        };
        waiting.add(check);
        check();
      }),
  };
}
