import ipaddr from 'ipaddr.js'

/**
 * Who an address is, as limits count it. In IPv6 one household or server has at least a /64 (RFC 6177) and picks a new
 * address whenever it likes, so that is the one that counts; whoever rents addresses has them side by side in a /24, or
 * in a /48.
 */
function prefixOf(address: string, v4: number, v6: number): string {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address) // ::ffff:1.2.3.4 is 1.2.3.4
  if (parsed.kind() === 'ipv4') return `${ipaddr.IPv4.networkAddressFromCIDR(`${parsed.toString()}/${v4}`).toString()}/${v4}` // prettier-ignore
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/${v6}`).toString()}/${v6}`
}

/** One connection: `203.0.113.7/32`, `2001:db8:1:2::/64`. */
export const addressOf = (address: string): string => prefixOf(address, 32, 64)

/** Its neighbours: `203.0.113.0/24`, `2001:db8:1::/48`. */
export const networkOf = (address: string): string => prefixOf(address, 24, 48)
