import type { Random } from "../../random.ts";
import { between } from "../machine/random-streams.ts";
import type { HttpNeighbour } from "../network/messages.ts";

export interface RelayAnswersApi extends HttpNeighbour {
  /** The data of a document, or null if it does not exist. */
  find(name: string): unknown;
}

/** The document that shows the relay that the app was running in the last day. The app has worked an hour before. */
const PRESENT = "present";

/**
 * Creates the part of Twilio Sync to which the app writes its answers for the relay. A document keeps its first data.
 */
export function createRelayAnswers(random: Random): RelayAnswersApi {
  const documents = new Map<string, unknown>([[PRESENT, {}]]);
  return {
    find: (name) => documents.get(name) ?? null,
    outcomeOf: () => ({ outcome: "answered", ms: between(random, 20, 200) }),
    answer({ method, url, body }) {
      const form = new URLSearchParams(body);
      const name = form.get("UniqueName") ?? url.pathname.split("/").at(-1) ?? "";
      if (method !== "POST" || (form.has("UniqueName") && documents.has(name)))
        return { status: 409, body: JSON.stringify({ code: 54_301, message: "exists", status: 409 }) };
      documents.set(name, JSON.parse(form.get("Data") ?? "null"));
      return { status: 201, body: JSON.stringify({ unique_name: name }) };
    },
  };
}
