import type { RawOptions } from "./options-schema.ts";

const ACCOUNT_SID = /^AC[0-9a-f]{32}$/i;
const API_KEY_SID = /^SK[0-9a-f]{32}$/i;
/** A compatible provider's, often a UUID; it becomes a part of each address. */
const OTHER_ACCOUNT = /^[\w-]+$/;
const AUTH_TOKEN = /^[0-9a-f]{32}$/i;

/** What is wrong with the credentials, one sentence each; never their values. Other providers have other forms. */
export function checkCredentials(options: RawOptions): string[] {
  const faults: string[] = [];
  const { account_sid: sid, auth_token: token, api_key_sid: keySid, api_key_secret: keySecret } = options;
  const isTwilio = options.api_base_url === null;

  if (sid === null) {
    faults.push(
      "account_sid is missing: enter the Account SID from the first page of Twilio's console (AC and 32 digits or letters a to f).",
    );
  } else if (!(isTwilio ? ACCOUNT_SID : OTHER_ACCOUNT).test(sid)) {
    const hint = API_KEY_SID.test(sid) ? " It looks like an API key, which belongs into api_key_sid." : "";
    faults.push(
      isTwilio
        ? `account_sid is malformed: it must be AC and 32 digits or letters a to f.${hint}`
        : "account_sid is malformed: enter your provider's account or project id, without blanks.",
    );
  }
  if (token === null) {
    faults.push(
      "auth_token is missing: enter the Auth Token from the first page of Twilio's console; webhooks are checked with it, also when an API key is set.",
    );
  } else if (isTwilio && !AUTH_TOKEN.test(token)) {
    faults.push("auth_token is malformed: it must be 32 digits or letters a to f.");
  }
  if (isTwilio && options.auth_token_previous !== null && !AUTH_TOKEN.test(options.auth_token_previous)) {
    faults.push(
      "auth_token_previous is malformed: it must be 32 digits or letters a to f, or be left empty.",
    );
  }
  if ((keySid === null) !== (keySecret === null)) {
    faults.push("api_key_sid and api_key_secret belong together: enter both, or neither.");
  } else if (isTwilio && keySid !== null && !API_KEY_SID.test(keySid)) {
    faults.push("api_key_sid is malformed: it must be SK and 32 digits or letters a to f.");
  }
  return faults;
}
