import { createSign, generateKeyPairSync, randomBytes, randomUUID } from "node:crypto";

/** The user pool of the stand-in for Home Assistant Cloud. Core reads these three values from `configuration.yaml`. */
export const USER_POOL = {
  region: "us-east-1",
  user_pool_id: "us-east-1_StandIn00",
  cognito_client_id: "stand-in",
};

const ISSUER = `https://cognito-idp.${USER_POOL.region}.amazonaws.com/${USER_POOL.user_pool_id}`;
const LIVES_SECONDS = 3_600;
const PAID_UNTIL = "2099-01-01";

type Answer = Readonly<Record<string, unknown>>;
type Message = Readonly<Record<string, unknown>>;

export interface CloudTokens {
  /** The public keys of the tokens as JSON. Core reads them from its environment, and not from the user pool. */
  readonly publicKeys: string;
  /** Answers a request of Amazon Cognito's API. Returns null for an operation that a login does not need. */
  answer(operation: string, message: Message): Answer | null;
}

/** Simulates the login of Amazon Cognito, with signed tokens. Every password is accepted. */
export function createCloudTokens(): CloudTokens {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const kid = randomUUID();

  function sign(claims: Answer): string {
    const now = Math.floor(Date.now() / 1_000);
    const payload = { iss: ISSUER, iat: now, exp: now + LIVES_SECONDS, ...claims };
    const text = [{ alg: "RS256", kid }, payload]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
    return `${text}.${createSign("RSA-SHA256").update(text).sign(privateKey, "base64url")}`;
  }

  function tokensOf(email: string): Answer {
    const user = { sub: email, "cognito:username": email, email };
    const { cognito_client_id: client } = USER_POOL;
    return {
      AuthenticationResult: {
        IdToken: sign({ ...user, aud: client, token_use: "id", "custom:sub-exp": PAID_UNTIL }),
        AccessToken: sign({ sub: email, username: email, client_id: client, token_use: "access" }),
        RefreshToken: email,
        ExpiresIn: LIVES_SECONDS,
        TokenType: "Bearer",
      },
      ChallengeParameters: {},
    };
  }

  return {
    publicKeys: JSON.stringify({
      keys: [{ ...publicKey.export({ format: "jwk" }), kid, alg: "RS256", use: "sig" }],
    }),
    answer(operation, message) {
      const parameters = (message["AuthParameters"] ?? message["ChallengeResponses"] ?? {}) as Message;
      switch (`${operation} ${String(message["AuthFlow"] ?? message["ChallengeName"])}`) {
        case "InitiateAuth USER_SRP_AUTH":
          return passwordChallenge(String(parameters["USERNAME"]));
        case "RespondToAuthChallenge PASSWORD_VERIFIER":
          return tokensOf(String(parameters["USERNAME"]));
        case "InitiateAuth REFRESH_TOKEN_AUTH":
          return tokensOf(String(parameters["REFRESH_TOKEN"]));
        default:
          return null;
      }
    },
  };
}

/** A challenge, to which the client computes an answer from the password. The stand-in does not check the answer. */
function passwordChallenge(username: string): Answer {
  return {
    ChallengeName: "PASSWORD_VERIFIER",
    ChallengeParameters: {
      USERNAME: username,
      USER_ID_FOR_SRP: username,
      SALT: randomBytes(16).toString("hex"),
      SRP_B: randomBytes(384).toString("hex"),
      SECRET_BLOCK: randomBytes(64).toString("base64"),
    },
  };
}
