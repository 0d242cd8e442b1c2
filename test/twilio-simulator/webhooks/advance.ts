import type { CallResource, MessageResource } from "../api/resources.ts";
import { sendWebhook } from "./send-webhook.ts";
import type { WebhookSigner } from "./send-webhook.ts";

export interface AdvanceOptions {
  readonly accountSid: string;
  readonly signer: WebhookSigner;
  readonly messages: readonly MessageResource[];
  readonly calls: readonly CallResource[];
  /** The account's first number: a Messaging Service chooses it. */
  readonly number: string;
  /** By SID; empty where none was asked for. */
  readonly callbackOf: (sid: string) => string;
  /** Where a callback really goes. */
  readonly deliveredTo: (url: string) => string;
}

export interface AdvancedCall {
  readonly answeredBy?: string;
  /** In seconds. */
  readonly duration?: number;
}

export interface Advance {
  /** A sent message gets on: posts its status callback, signed, and resolves with the answer's status; 0 without one. */
  advanceMessage(sid: string, status: string, errorCode?: string): Promise<number>;
  /** A call that was made gets on, likewise. */
  advanceCall(sid: string, status: string, told?: AdvancedCall): Promise<number>;
}

/** What Twilio tells of what was sent, in the order that the test wants. */
export function createAdvance(options: AdvanceOptions): Advance {
  const { accountSid, signer, messages, calls, callbackOf, deliveredTo } = options;

  async function post(sid: string, parameters: Record<string, string>): Promise<number> {
    const url = callbackOf(sid);
    if (url === "") return 0;
    const all = { ...parameters, AccountSid: accountSid, ApiVersion: "2010-04-01" };
    return (await sendWebhook(signer, { url, deliverTo: deliveredTo(url) }, all)).status;
  }

  return {
    async advanceMessage(sid, status, errorCode) {
      const message = messages.find((known) => known.sid === sid);
      if (message === undefined) throw new Error(`no message ${sid}`);
      message.status = status;
      message.from ??= options.number;
      if (errorCode !== undefined) message["error_code"] = Number(errorCode);
      const told = { MessageSid: sid, SmsSid: sid, MessageStatus: status, SmsStatus: status };
      const error = errorCode === undefined ? {} : { ErrorCode: errorCode };
      return await post(sid, { ...told, ...error, To: message.to, From: message.from });
    },
    async advanceCall(sid, status, { answeredBy, duration } = {}) {
      const call = calls.find((known) => known.sid === sid);
      if (call === undefined) throw new Error(`no call ${sid}`);
      call.status = status;
      if (answeredBy !== undefined) call["answered_by"] = answeredBy;
      if (duration !== undefined) call["duration"] = String(duration);
      const told = { CallSid: sid, CallStatus: status, CallbackSource: "call-progress-events" };
      return await post(sid, {
        ...told,
        ...(answeredBy === undefined ? {} : { AnsweredBy: answeredBy }),
        ...(duration === undefined ? {} : { CallDuration: String(duration) }),
        Direction: "outbound-api",
        To: call.to,
        From: call.from,
      });
    },
  };
}
