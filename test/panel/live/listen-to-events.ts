export interface ReceivedEvents extends AsyncDisposable {
  /** The content type of the response. */
  readonly type: string;
  /** The number of events so far. */
  count(): number;
  /** Resolves with the next event, also if it has come already. */
  next(): Promise<void>;
  /** Resolves when the response has ended or the connection is closed. */
  readonly ended: Promise<"finished" | "cut">;
}

/** Listens to server-sent events like a browser. Resolves when the connection is open. */
export async function listenToEvents(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<ReceivedEvents> {
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
  // The first bytes show that the stream is open.
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
