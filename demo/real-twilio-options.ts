/**
 * The app's options for a demo with a real Twilio account, from the environment.
 *
 * @throws {Error} which names the missing variables
 */
export function realTwilioOptions(env: NodeJS.ProcessEnv) {
  const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_NUMBER, PUBLIC_URL } = env;
  if (!TWILIO_ACCOUNT_SID || !TWILIO_AUTH_TOKEN || !TWILIO_NUMBER) {
    throw new Error(
      "For --twilio, set the environment variables TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_NUMBER (your number, such as +15005550006). Optional: PUBLIC_URL, the address at which Twilio reaches the app.",
    );
  }
  return {
    account_sid: TWILIO_ACCOUNT_SID,
    auth_token: TWILIO_AUTH_TOKEN,
    from_number: TWILIO_NUMBER,
    ...(PUBLIC_URL ? { public_url: PUBLIC_URL } : {}),
  };
}
