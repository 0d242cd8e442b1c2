import { z } from "zod";

import { connectToCore } from "./core-client.ts";

/** The first user of Home Assistant, who has all rights. */
export interface Owner {
  readonly username: string;
  readonly password: string;
}

const TOKEN_DAYS = 3650;

/** Creates the owner of a new Core, and returns a long-lived access token of the owner. */
export async function onboardOwner(url: string, owner: Owner): Promise<string> {
  const clientId = `${url}/`;
  const { auth_code: code } = await answer(
    z.object({ auth_code: z.string() }),
    fetch(`${url}/api/onboarding/users`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...owner, name: "Owner", client_id: clientId, language: "en" }),
    }),
  );
  const { access_token: accessToken } = await answer(
    z.object({ access_token: z.string() }),
    fetch(`${url}/auth/token`, {
      method: "POST",
      body: new URLSearchParams({ grant_type: "authorization_code", code, client_id: clientId }),
    }),
  );
  await using client = await connectToCore(url, accessToken);
  return await client.command<string>({
    type: "auth/long_lived_access_token",
    client_name: "twilio-for-home-assistant",
    lifespan: TOKEN_DAYS,
  });
}

async function answer<T>(schema: z.ZodType<T>, request: Promise<Response>): Promise<T> {
  const response = await request;
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text}`);
  return schema.parse(JSON.parse(text));
}
