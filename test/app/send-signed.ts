import { signWebhook } from "../twilio-simulator/webhooks/sign-webhook.ts";
import type { TestHouse } from "./start-house.ts";
import { PUBLIC_URL } from "./start-test-app.ts";

export interface SignedRequest {
  /** After the app's origin, as it goes over the line. */
  readonly target: string;
  /** What is signed, where it is something else. */
  readonly signed?: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly method?: "GET" | "POST";
}

/** Signs as Twilio does, and sends the request exactly as it stands. */
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
