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

/** Whether Supervisor takes a request for an attack, by its path and its query; bodies it does not look at. */
export function isSuspicious(target: string): boolean {
  const [path = "", ...query] = target.split("?");
  return [path, query.join("?")].some((part) => SUSPICIOUS.test(decodeFully(part)));
}

/** As often as something was encoded. */
function decodeFully(text: string): string {
  const decoded = text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (bytes) =>
    Buffer.from(bytes.replaceAll("%", ""), "hex").toString(),
  );
  return decoded === text ? text : decodeFully(decoded);
}
