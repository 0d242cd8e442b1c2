/** A signature in the right form that nobody has made. */
export const FORGED = `${"A".repeat(27)}=`;

const FORM = "Content-Type: application/x-www-form-urlencoded";

/** A POST as it goes over the wire. `headers`: whole lines. */
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

/** The same with a forged signature. */
export function forgedPost(body: string, headers: readonly string[] = [], path = "/webhook"): string {
  return post(body, [`X-Twilio-Signature: ${FORGED}`, ...headers], path);
}

/** Text of `length` characters at most that says the same again and again. */
export function filled(length: number, part: string): string {
  return part.repeat(Math.floor(length / part.length));
}
