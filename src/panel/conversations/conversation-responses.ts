import type { Context } from "hono";

import type { EntryKey } from "../../domain/events/conversation.ts";
import type { RequestBindings } from "../../domain/transport.ts";
import type { UnsentMessage } from "./unsent-message.ts";

type Env = { Bindings: RequestBindings };

/** Responds with pages of conversations, also after a form that was not accepted. */
export interface ConversationResponses {
  /** `undeleted`: how many entries wait to be delivered, and so were not deleted. */
  conversation(
    c: Context<Env>,
    key: string,
    over?: { readonly unsent?: UnsentMessage; readonly undeleted?: number },
  ): Promise<Response>;
  /** `waits`: whether the entry was to be deleted, and still waits to be delivered. */
  entry(c: Context<Env>, key: EntryKey | null, waits: boolean): Promise<Response>;
}
