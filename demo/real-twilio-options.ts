/**
 * The app's options for a demo with a real Twilio account, from the environment.
 *
 * @throws {Error} which names the missing variables
 */
export function realTwilioOptions(env: NodeJS.ProcessEnv) {
  const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_NUMBER, PUBLIC_URL } = env;
  if (!TWILIO_ACCOUNT_SID || !TWILIO_AUTH_TOKEN || !TWILIO_NUMBER) {
    throw new Error(
      "--twilio needs TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_NUMBER (yours, such as +15005550006) in the environment, and takes PUBLIC_URL.",
    );
  }
  return {
    account_sid: TWILIO_ACCOUNT_SID,
    auth_token: TWILIO_AUTH_TOKEN,
    from_number: TWILIO_NUMBER,
    ...(PUBLIC_URL ? { public_url: PUBLIC_URL } : {}),
  };
}
