import type { CallResource, MessageResource } from "../api/resources.ts";
import { sendWebhook } from "./send-webhook.ts";
import type { WebhookSigner } from "./send-webhook.ts";

export interface AdvanceOptions {
  readonly accountSid: string;
  readonly signer: WebhookSigner;
  readonly messages: readonly MessageResource[];
  readonly calls: readonly CallResource[];
  /** The account's first number, which a Messaging Service uses as sender. */
  readonly number: string;
  /** The status callback by SID; empty if none was requested. */
  readonly callbackOf: (sid: string) => string;
  /** The real URL on this machine for a callback. */
  readonly deliveredTo: (url: string) => string;
}

export interface AdvancedCall {
  readonly answeredBy?: string;
  /** The duration in seconds. */
  readonly duration?: number;
}

export interface Advance {
  /** Changes the status of a message and posts its callback, signed. Resolves to the HTTP status; 0 without a callback. */
  advanceMessage(sid: string, status: string, errorCode?: string): Promise<number>;
  /** Changes the status of an outgoing call in the same way. */
  advanceCall(sid: string, status: string, more?: AdvancedCall): Promise<number>;
}

/** Sends status callbacks in the order of the test. */
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
      const parameters = { MessageSid: sid, SmsSid: sid, MessageStatus: status, SmsStatus: status };
      const error = errorCode === undefined ? {} : { ErrorCode: errorCode };
      return await post(sid, { ...parameters, ...error, To: message.to, From: message.from });
    },
    async advanceCall(sid, status, { answeredBy, duration } = {}) {
      const call = calls.find((known) => known.sid === sid);
      if (call === undefined) throw new Error(`no call ${sid}`);
      call.status = status;
      if (answeredBy !== undefined) call["answered_by"] = answeredBy;
      if (duration !== undefined) call["duration"] = String(duration);
      const parameters = { CallSid: sid, CallStatus: status, CallbackSource: "call-progress-events" };
      return await post(sid, {
        ...parameters,
        ...(answeredBy === undefined ? {} : { AnsweredBy: answeredBy }),
        ...(duration === undefined ? {} : { CallDuration: String(duration) }),
        Direction: "outbound-api",
        To: call.to,
        From: call.from,
      });
    },
  };
}
