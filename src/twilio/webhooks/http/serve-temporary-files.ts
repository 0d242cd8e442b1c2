import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";

import { fileExtension } from "../../../media/file-extension.ts";
import type { TemporaryFiles } from "../../media/temporary-files.ts";
import type { WebhookContext } from "./read-request.ts";
import { createTrustOneConnection } from "./trust-one-connection.ts";

const TOKEN = /^[\w-]{22,}$/;

/**
 * Creates the handler that serves published files to Twilio. Twilio sends HEAD before GET, and accepts a file only with
 * the type that HEAD announced. The path contains a secret token, so nothing is logged.
 *
 * @param find finds the file of a token
 */
export function serveTemporaryFiles(find: TemporaryFiles["find"]): (c: WebhookContext) => Promise<Response> {
  const trustOneConnection = createTrustOneConnection();
  return async function media(c) {
    if (c.req.method !== "GET" && c.req.method !== "HEAD") {
      return c.text("Only GET and HEAD", 405, { Allow: "GET, HEAD" });
    }
    const token = c.req.param("token") ?? "";
    const file = TOKEN.test(token) ? find(token) : null;
    // The file may have been removed since `find` returned it.
    const handle = await file?.open().catch(() => null);
    if (file === null || !handle) return c.text("Not found", 404);

    trustOneConnection(c, token);
    const headers = {
      "Content-Type": file.type,
      "Content-Length": String(file.size),
      // The recipient of a document sees this name. Without it, the document's name would be the token.
      "Content-Disposition": `inline; filename="media.${fileExtension(file.type)}"`,
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
      // Forbids scripts in the file, because the user's own pages may be at the same origin.
      "Content-Security-Policy": "sandbox; default-src 'none'",
    };
    if (c.req.method === "HEAD") {
      await handle.close();
      return c.body(null, 200, headers);
    }
    const stream = handle.createReadStream({ highWaterMark: 256 * 1024 });
    return c.body(Readable.toWeb(stream) as ReadableStream<Uint8Array<ArrayBuffer>>, 200, headers);
  };
}
