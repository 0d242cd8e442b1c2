import type { Context } from "hono";

import type { EntryKey } from "../../domain/events/conversation.ts";
import type { RequestBindings } from "../../domain/transport.ts";
import type { UnsentMessage } from "./unsent-message.ts";

type Env = { Bindings: RequestBindings };

/** Answers requests with pages of conversations, also after a form that the app did not accept. */
export interface ConversationResponses {
  /**
   * Answers with the page of a conversation. `undeleted` is how many entries the app did not delete, because Home
   * Assistant or Twilio has not received them yet.
   */
  conversation(
    c: Context<Env>,
    key: string,
    over?: { readonly unsent?: UnsentMessage; readonly undeleted?: number },
  ): Promise<Response>;
  /**
   * Answers with the page of one entry. `waits` means that the user has tried to delete the entry, but Home Assistant
   * or Twilio has not received it yet.
   */
  entry(c: Context<Env>, key: EntryKey | null, waits: boolean): Promise<Response>;
}
