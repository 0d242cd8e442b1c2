import { signWebhook } from "../twilio-simulator/webhooks/sign-webhook.ts";
import type { TestHouse } from "./start-house.ts";
import { PUBLIC_URL } from "./start-test-app.ts";

export interface SignedRequest {
  /** The path after the app's origin, exactly as it is sent. */
  readonly target: string;
  /** The URL for which the request is signed, if it differs from the real one. */
  readonly signed?: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly method?: "GET" | "POST";
}

/** Signs a request like Twilio and sends it. */
export async function sendSigned(
  house: TestHouse,
  { target, signed = target, parameters, method = "POST" }: SignedRequest,
): Promise<{ readonly status: number; readonly body: string }> {
  const isPost = method === "POST";
  const signature = signWebhook(house.twilio.authToken, PUBLIC_URL + signed, isPost ? parameters : {});
  const response = await fetch(`http://127.0.0.1:${house.app.port}${target}`, {
    method,
    headers: {
      "X-Twilio-Signature": signature,
      ...(isPost ? { "Content-Type": "application/x-www-form-urlencoded" } : {}),
    },
    body: isPost ? new URLSearchParams(parameters).toString() : null,
  });
  return { status: response.status, body: await response.text() };
}
