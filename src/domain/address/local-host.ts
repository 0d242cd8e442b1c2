/**
 * Whether a host can only be this machine or a machine in the local network, so that Twilio cannot reach it. `host`: as
 * in `URL.hostname`. Source: RFC 1918, RFC 6762, RFC 4193.
 */
export function isLocalHost(host: string): boolean {
  return (
    /^(127|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$/.test(host) ||
    /^\[(::1|f[cd]|fe80)/.test(host) ||
    /(^localhost|\.(local|lan|home\.arpa|internal))$/.test(host) ||
    /^[^.[]+$/.test(host)
  );
}
