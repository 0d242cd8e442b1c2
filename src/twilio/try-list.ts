import type { ListAnswer } from "../domain/list-answer.ts";
import { failureStatus } from "./send-outcome.ts";

/** Asks for a list; what Twilio's client throws becomes a value, and none of it is handed on: it holds the credentials. */
export async function tryList<Item>(list: () => Promise<Item[]>): Promise<ListAnswer<Item>> {
  try {
    return { kind: "listed", items: await list() };
  } catch (error) {
    const status = failureStatus(error);
    const isRefused = status !== null && status >= 400 && status < 500 && status !== 429;
    return isRefused ? { kind: "refused", status } : { kind: "away" };
  }
}
