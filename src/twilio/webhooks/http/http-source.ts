import type { Clock } from "../../../domain/clock.ts";
import type { InboundRoute } from "../../../domain/events/webhook-routes.ts";
import type { InboundAnswer, InboundWebhook, RefusedAnswer } from "../inbound-source.ts";
import type { RefuseWebhook } from "../verify/refuse-webhook.ts";
import type { WebhookAccount } from "../verify/verify-webhook.ts";
import type { WebhookIntake } from "../webhook-intake.ts";
import { createRequestReader, headersOf, originOf, signatureIn } from "./read-request.ts";
import type { WebhookContext } from "./read-request.ts";
import { createSignedAddressCheck } from "./signed-address.ts";
import type { SignedAddressOptions } from "./signed-address.ts";
import { createTrustOneConnection } from "./trust-one-connection.ts";

export interface HttpSourceOptions extends SignedAddressOptions {
  readonly account: Pick<WebhookAccount, "isProvider">;
  readonly intake: WebhookIntake;
  readonly refuse: RefuseWebhook;
  readonly clock: Clock;
}

export interface HttpSource {
  /**
   * Reads a webhook, passes it to the intake and sends the intake's answer. `path` is the path below the public
   * address, such as `/webhook`. If the public address has a path, a proxy may forward this path or remove it.
   */
  answer(c: WebhookContext, path: string, route: InboundRoute): Promise<Response>;
  /** Answers a request with an HTTP method that the URL does not support. `allowed` lists the supported methods. */
  refuseMethod(c: WebhookContext, allowed: string): Response;
}

/**
 * Creates the source of webhooks that arrive at the app's own port. Cheap checks come first, so that an attack costs
 * little.
 */
export function createHttpSource(options: HttpSourceOptions): HttpSource {
  const { account, intake, refuse, clock } = options;
  const readRequest = createRequestReader(clock);
  const signedAddressCheck = createSignedAddressCheck(options);
  const trustOneConnection = createTrustOneConnection();

  async function read(
    c: WebhookContext,
    path: string,
    route: InboundRoute,
  ): Promise<InboundWebhook | RefusedAnswer | null> {
    const arrival = intake.noteArrival();
    const origin = originOf(c, account.isProvider);
    const signature = signatureIn(c, account.isProvider);
    // Without a signature, the app does not read the body.
    if (signature === null)
      return refuse(
        origin,
        403,
        origin.isSigned
          ? "its X-Twilio-Signature is not in the format of a signature, so the request did not come from Twilio"
          : "it has no X-Twilio-Signature, so it did not come from Twilio",
      );
    const request = await readRequest(c);
    if (!request.ok) return request.reason === null ? null : refuse(origin, request.status, request.reason);
    const { isPost, json, parameters, query } = request;
    return {
      route,
      path,
      query,
      isPathAsWritten: c.env.incoming.url?.endsWith(path + query) === true,
      isPost,
      json,
      parameters,
      signature,
      idempotencyToken: c.req.header("i-twilio-idempotency-token"),
      receivedAt: clock.now(),
      isStale: false,
      arrival,
      source: {
        origin,
        base: null,
        answerBy: null,
        checkAddress: signedAddressCheck(headersOf(c)),
        onVerified: () => trustOneConnection(c, signature),
      },
    };
  }

  return {
    async answer(c, path, route) {
      const webhook = await read(c, path, route);
      if (webhook === null) return c.text("The request ended too early", 400);
      return respond(c, "kind" in webhook ? webhook : await intake.answer(webhook));
    },
    refuseMethod(c, allowed) {
      c.header("Allow", allowed);
      const origin = originOf(c, account.isProvider);
      return respond(c, refuse(origin, 405, `the method is ${c.req.method}`, "wrong method"));
    },
  };
}

function respond(c: WebhookContext, answer: InboundAnswer): Response {
  switch (answer.kind) {
    case "twiml":
      return c.body(answer.twiml, 200, { "Content-Type": "text/xml; charset=utf-8" });
    case "stored":
      return c.body(null, 204);
    case "refused":
      return c.text(`Refused: ${answer.reason}.`, answer.status);
  }
}
