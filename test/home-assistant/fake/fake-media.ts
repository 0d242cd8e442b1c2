import type { IncomingMessage, ServerResponse } from "node:http";

export interface FakeFile {
  readonly type: string;
  readonly content: Uint8Array;
  /** The HTTP status instead of a file: 503 for a camera that is off, 500 for one that fails. */
  readonly status?: number;
  /** Whether the file is sent without a content length. */
  readonly chunked?: boolean;
  /** Whether the connection is lost before the file is complete. */
  readonly breaksOff?: boolean;
  /** Whether no answer is sent. */
  readonly silent?: boolean;
}

export interface FakeMedia {
  /** Current pictures, by `camera.…` or `image.…`. */
  readonly pictures: Map<string, FakeFile>;
  /** Files by path. `/media/local/x` is `media-source://media_source/local/x`. */
  readonly files: Map<string, FakeFile>;
  /** The answers to `resolve_media` for other media sources, by id. */
  readonly sources: Map<string, { readonly url: string; readonly mime_type: string }>;
  /** The answer to `network/url`. */
  internalUrl: string | null;
  /** All requests so far. */
  readonly requests: { readonly path: string; readonly authorization: string | undefined }[];
}

const SIGNATURE = "fake-signature";

/** Serves pictures and files like Home Assistant, also under `/core` like Supervisor's proxy. */
export function createFakeMedia(token: string) {
  const media: FakeMedia = {
    pictures: new Map(),
    files: new Map(),
    sources: new Map(),
    internalUrl: null,
    requests: [],
  };

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://fake");
    const { authorization } = request.headers;
    media.requests.push({ path: pathname, authorization });
    // Supervisor forwards `/api/` only.
    const path = pathname.replace(/^\/core(?=\/api\/)/, "");
    const isOurs = authorization === `Bearer ${token}` || searchParams.get("authSig") === SIGNATURE;
    const entity = /^\/api\/(camera|image)_proxy\/(\1\.\w+)$/.exec(path)?.[2];
    const file = entity === undefined ? media.files.get(path) : media.pictures.get(entity);
    const needsNothing = path.startsWith("/api/tts_proxy/");
    if (!isOurs && !needsNothing) return void response.writeHead(401).end("401: Unauthorized");
    if (file === undefined) return void response.writeHead(404).end("404: Not Found");
    if (file.silent) return;
    if (file.status !== undefined) return void response.writeHead(file.status).end(`${file.status}: failed`);
    const length = file.chunked ? {} : { "Content-Length": file.content.length };
    response.writeHead(200, { "Content-Type": file.type, ...length });
    if (file.breaksOff) return void response.write(file.content.subarray(1), () => response.destroy());
    response.write(file.content);
    response.end();
  }

  /** Resolves a media source like Core, with signed paths where needed. */
  function resolve(id: string): { url: string; mime_type: string } | null {
    const known = media.sources.get(id);
    if (known !== undefined) return known;
    const path = encodeURI(id.replace(/^media-source:\/\/media_source/, "/media"));
    const file = media.files.get(path);
    return file === undefined ? null : { url: `${path}?authSig=${SIGNATURE}`, mime_type: file.type };
  }

  return { media, answer, resolve };
}
