/** Source: `FILTERS` of Supervisor's supervisor/api/middleware/security.py. */
const SUSPICIOUS = new RegExp(
  [
    String.raw`proc/self/environ`,
    String.raw`(<|%3C).*script.*(>|%3E)`,
    String.raw`(\.\.//?)+`,
    String.raw`[a-zA-Z0-9_]=/([a-z0-9_.]//?)+`,
    String.raw`union.*select.*\(`,
    String.raw`union.*all.*select.*`,
    String.raw`concat.*\(`,
  ].join("|"),
  "i",
);

/** Whether Supervisor treats a request as an attack because of its path or query. It does not check bodies. */
export function isSuspicious(target: string): boolean {
  const [path = "", ...query] = target.split("?");
  return [path, query.join("?")].some((part) => SUSPICIOUS.test(decodeFully(part)));
}

/** Decodes a text until it does not change any more. */
function decodeFully(text: string): string {
  const decoded = text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (bytes) =>
    Buffer.from(bytes.replaceAll("%", ""), "hex").toString(),
  );
  return decoded === text ? text : decodeFully(decoded);
}
