import { requestNames } from "../commands/parse-request.ts";
import type { RequestJournal } from "../ports.ts";

/**
 * Whether a request with this ID waits in the journal (the app's database). The app will accept it later. So if a
 * repeated request fails meanwhile, the app must not report that nothing was sent.
 *
 * @param receivedAt when the repeated request was received, in milliseconds since 1970. The repeated request itself
 * does not count as waiting
 */
export function isPending(
  requests: Pick<RequestJournal, "pending">,
  requestId: string,
  receivedAt: number,
): boolean {
  return requests
    .pending()
    .some(
      ({ request, receivedAt: at }) =>
        request.kind === "event" && at !== receivedAt && requestNames(request.data).requestId === requestId,
    );
}
