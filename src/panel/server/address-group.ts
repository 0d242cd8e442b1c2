/**
 * The address of a peer, or of IPv6 the network of 64 bits that it lies in: whoever has one address of such a network
 * has all of them. An IPv4 address that a socket of IPv6 sees stays whole.
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
