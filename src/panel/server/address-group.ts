/**
 * Groups IP addresses that one person may guess passwords from: the IPv4 address itself, or the /64 network of an IPv6
 * address. One person usually has all IP addresses of such a network. An IPv4 address in IPv6 form (`::ffff:…`) is not
 * shortened.
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
