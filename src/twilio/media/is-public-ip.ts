import { BlockList, isIP } from "node:net";

/** IPv4 networks that are not part of the public internet. Source: IANA's registries of special-purpose addresses */
const NOT_PUBLIC: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8], // the sender's own network
  ["10.0.0.0", 8], // private
  ["100.64.0.0", 10], // customers behind an internet provider's NAT
  ["127.0.0.0", 8], // loopback
  ["169.254.0.0", 16], // link-local, and metadata services of clouds
  ["172.16.0.0", 12], // private, Supervisor's network among them
  ["192.0.0.0", 24], // protocol assignments of IANA
  ["192.0.2.0", 24], // documentation
  ["192.88.99.0", 24], // relays of 6to4 (IPv6 over IPv4)
  ["192.168.0.0", 16], // private
  ["198.18.0.0", 15], // benchmarks
  ["198.51.100.0", 24], // documentation
  ["203.0.113.0", 24], // documentation
  ["224.0.0.0", 4], // multicast
  ["240.0.0.0", 4], // reserved, and broadcast
];

/** The IPv6 network for reaching IPv4 hosts from a network without IPv4 (NAT64). Source: RFC 6052 */
const NAT64 = { prefix: "64:ff9b::", bits: 96 };

/**
 * The IPv6 networks that contain public IP addresses: the internet's own network, and the network for NAT64.
 * `NOT_PUBLIC_IPV6` lists their parts that are not public.
 */
const PUBLIC_IPV6: readonly (readonly [string, number])[] = [
  ["2000::", 3],
  [NAT64.prefix, NAT64.bits],
];
const NOT_PUBLIC_IPV6: readonly (readonly [string, number])[] = [
  ...NOT_PUBLIC.map(([network, prefix]) => [`${NAT64.prefix}${network}`, NAT64.bits + prefix] as const),
  ["2001::", 23], // protocol assignments, Teredo among them
  ["2001:db8::", 32], // documentation
  ["2002::", 16], // 6to4
  ["3fff::", 20], // documentation
];

const ipv4 = listOf(NOT_PUBLIC, "ipv4");
const ipv6 = listOf(NOT_PUBLIC_IPV6, "ipv6");
const publicIpv6 = listOf(PUBLIC_IPV6, "ipv6");

/**
 * Whether an IP address is on the public internet, and not on this machine, in the local network or the provider's
 * network. Returns false for a text that is not an IP address, and for IPv4 in IPv6 form (`::ffff:…`).
 */
export function isPublicIp(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !ipv4.check(address, "ipv4");
    case 6: {
      const [bare = ""] = address.split("%");
      return publicIpv6.check(bare, "ipv6") && !ipv6.check(bare, "ipv6");
    }
    default:
      return false;
  }
}

function listOf(networks: readonly (readonly [string, number])[], type: "ipv4" | "ipv6"): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, type);
  return list;
}
