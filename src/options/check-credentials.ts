import type { RawOptions } from "./options-schema.ts";

const ACCOUNT_SID = /^AC[0-9a-f]{32}$/i;
const API_KEY_SID = /^SK[0-9a-f]{32}$/i;
/**
 * Matches an account ID at another provider, often a UUID. It becomes part of the API's URLs, so it may contain no
 * slash.
 */
const OTHER_ACCOUNT = /^[\w-]+$/;
const AUTH_TOKEN = /^[0-9a-f]{32}$/i;

/**
 * Returns the faults of the credentials, each as a sentence that never quotes a credential. Checks the exact forms only
 * for Twilio, because the credentials of other providers have other forms.
 */
export function credentialProblems(options: RawOptions): string[] {
  const faults: string[] = [];
  const { account_sid: sid, auth_token: token, api_key_sid: keySid, api_key_secret: keySecret } = options;
  const isTwilio = options.api_base_url === null;

  if (sid === null) {
    faults.push(
      "account_sid is missing: enter the Account SID from the first page of the Twilio Console (AC and 32 digits or letters a to f).",
    );
  } else if (!(isTwilio ? ACCOUNT_SID : OTHER_ACCOUNT).test(sid)) {
    faults.push(
      isTwilio
        ? `account_sid is malformed: enter the Account SID, which is AC and 32 digits or letters a to f.${hint(sid)}`
        : "account_sid is malformed: enter your provider's account or project id, without blanks.",
    );
  }
  if (token === null) {
    faults.push(
      "auth_token is missing: enter the Auth Token from the first page of the Twilio Console. It is needed to check webhooks, also when an API key is set.",
    );
  } else if (isTwilio && !AUTH_TOKEN.test(token)) {
    faults.push(
      `auth_token is malformed: enter the Auth Token, which is 32 digits or letters a to f.${hint(token)}`,
    );
  }
  const previous = options.auth_token_previous;
  if (isTwilio && previous !== null && !AUTH_TOKEN.test(previous)) {
    faults.push(
      `auth_token_previous is malformed: enter the previous Auth Token, which is 32 digits or letters a to f, or leave it empty.${hint(previous)}`,
    );
  }
  if ((keySid === null) !== (keySecret === null)) {
    faults.push("api_key_sid and api_key_secret belong together: enter both, or neither.");
  } else if (isTwilio && keySid !== null && !API_KEY_SID.test(keySid)) {
    faults.push(
      `api_key_sid is malformed: enter the key's SID, which is SK and 32 digits or letters a to f.${hint(keySid)}`,
    );
  }
  if (isTwilio && keySecret !== null && API_KEY_SID.test(keySecret)) {
    faults.push(
      `api_key_secret is malformed: enter the secret that Twilio showed when the key was created.${hint(keySecret)}`,
    );
  }
  return faults;
}

/** If a credential was probably entered in the wrong option, says where it belongs. */
function hint(entered: string): string {
  if (ACCOUNT_SID.test(entered)) return " It looks like an Account SID, which belongs in account_sid.";
  if (API_KEY_SID.test(entered)) return " It looks like an API key, which belongs in api_key_sid.";
  if (AUTH_TOKEN.test(entered)) return " It looks like an Auth Token, which belongs in auth_token.";
  return "";
}
