/** A signature that has the right form and is wrong. */
export const FORGED = `${"A".repeat(27)}=`;

const FORM = "Content-Type: application/x-www-form-urlencoded";

/** The bytes of a POST request. `headers` has complete header lines. */
export function post(body: string, headers: readonly string[] = [], path = "/webhook"): string {
  const head = [
    `POST ${path} HTTP/1.1`,
    "Host: home.example",
    FORM,
    `Content-Length: ${body.length}`,
    ...headers,
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}

/** The bytes of a POST request with a forged signature. */
export function forgedPost(body: string, headers: readonly string[] = [], path = "/webhook"): string {
  return post(body, [`X-Twilio-Signature: ${FORGED}`, ...headers], path);
}

/** Repeats `part` up to `length` characters. */
export function filled(length: number, part: string): string {
  return part.repeat(Math.floor(length / part.length));
}
