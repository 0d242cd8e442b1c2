export interface HeardEvents extends AsyncDisposable {
  /** The content type. */
  readonly type: string;
  /** How many came so far. */
  count(): number;
  /** Resolves with the next one, also if it came before. */
  next(): Promise<void>;
  /** Resolves when the answer is finished, or the connection cut by either side. */
  readonly ended: Promise<"finished" | "cut">;
}

/** Listens to server-sent events as a browser does; resolves when the connection stands. */
export async function listenToEvents(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<HeardEvents> {
  const closing = new AbortController();
  const response = await fetch(url, { headers, signal: closing.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!response.ok || reader === undefined) throw new Error(`no events: ${response.status}`);
  let text = "";
  let taken = 0;
  let wake = Promise.withResolvers<void>();
  const count = (): number => text.split("event: change\ndata: changed\n\n").length - 1;

  async function read(): Promise<"finished" | "cut"> {
    try {
      for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
        text += part.value;
        wake.resolve();
        wake = Promise.withResolvers();
      }
      return "finished";
    } catch {
      return "cut";
    }
  }
  // The first bytes tell that it listens.
  const opened = wake.promise;
  const ended = read();
  await opened;

  return {
    type: response.headers.get("content-type") ?? "",
    count,
    async next() {
      while (count() <= taken) await wake.promise;
      taken += 1;
    },
    ended,
    async [Symbol.asyncDispose]() {
      closing.abort();
      await ended;
    },
  };
}
