import { BlockList, isIP } from 'node:net';

/** What is not global unicast, or holds another address: IANA's special-purpose registries (RFC 6890). By family: ::/3 has room for all of IPv4. */
const special = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const subnet of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10', // carrier-grade NAT
  '127.0.0.0/8',
  '169.254.0.0/16', // link-local, and where clouds give out credentials
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24', // documentation
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16',
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/3', // multicast, reserved, broadcast
  '::/3', // loopback, IPv4-mapped and -compatible, NAT64
  '2001::/23', // Teredo, benchmarks, ORCHID
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4
  '3fff::/20', // documentation
  '4000::/2',
  '8000::/1', // unique-local, link-local, multicast
]) {
  const [network = '', bits] = subnet.split('/');
  const family = familyOf(network);
  special[family].addSubnet(network, Number(bits), family);
}

/** Whether an address is global unicast, written as resolvers and sockets write it. Nothing with a zone is. */
export function isPublic(address: string): boolean {
  const family = familyOf(address);
  return isIP(address) !== 0 && !address.includes('%') && !special[family].check(address, family);
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
