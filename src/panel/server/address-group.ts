/**
 * Returns the IP address or network whose wrong passwords are counted together. For IPv6, it is the /64 network,
 * because one person usually has all IP addresses of such a network. For IPv4, even in IPv6 form (`::ffff:…`), it is
 * the whole IP address.
 */
export function addressGroup(address: string): string {
  const [bare = ""] = address.toLowerCase().split("%");
  if (!bare.includes(":") || bare.includes(".")) return bare;
  const [before = "", after = ""] = bare.split("::");
  const groups = before.split(":").filter((group) => group !== "");
  const missing = bare.includes("::") ? 8 - groups.length - after.split(":").filter(Boolean).length : 0;
  const all = [...groups, ...Array.from({ length: missing }, () => "0"), ...after.split(":").filter(Boolean)];
  return `${all.slice(0, 4).join(":")}::/64`;
}
