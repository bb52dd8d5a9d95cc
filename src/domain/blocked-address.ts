import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = [Address, number];

/** Where webhooks may be sent. Each answer is why not, in a word for the log; null: they may. */
export interface TargetRule {
  /** An address, however it is written: the one that a url names, or one that its name resolves to. */
  refusesAddress(address: string): string | null;
  /** A host name, before it is resolved. */
  refusesName(name: string): string | null;
}

export interface TargetRuleOptions {
  /** Whether only this machine can reach the server: then it may send to this machine. */
  listensOnLoopback: boolean;
  /** Addresses and networks (CIDR) that may be sent to whatever they are. */
  allow: readonly string[];
}

const LOOPBACK = ['127.0.0.0/8', '::1/128'];
const LOCALHOST = /(^|\.)localhost\.*$/i;
/** What ipaddr.js takes for ordinary: Azure's metadata service, and all that is set aside for protocols (2001::/23). */
const SPECIAL = ['168.63.129.16/32', '2001::/23'].map(parseNetwork);
const GLOBAL_UNICAST = parseNetwork('2000::/3');

export function createTargetRule({ listensOnLoopback, allow }: TargetRuleOptions): TargetRule {
  const allowed = [...(listensOnLoopback ? LOOPBACK : []), ...allow].map(parseNetwork);
  const refusesAddress = (text: string): string | null => {
    const address = parseAddress(text);
    if (address === null) return 'not an address';
    return allowed.some((network) => isWithin(address, network)) ? null : specialRange(address);
  };
  return {
    refusesAddress,
    refusesName(name) {
      if (!isLocalhost(name)) return null;
      return ['127.0.0.1', '::1'].some((own) => refusesAddress(own) === null) ? null : 'loopback';
    },
  };
}

/** Whether nobody but whom `OUTBOUND_ALLOW` names, or this machine, can be meant by the host of a url. */
export function isSpecialHost(host: string): boolean {
  const address = parseAddress(host);
  return address === null ? isLocalhost(host) : specialRange(address) !== null;
}

/** Names that are this machine's by definition, whatever they resolve to. */
function isLocalhost(name: string): boolean {
  return LOCALHOST.test(name);
}

/** Null for an address of the public internet. */
function specialRange(address: Address): string | null {
  const range = address.range();
  if (range !== 'unicast') return range;
  if (SPECIAL.some((network) => isWithin(address, network))) return 'reserved';
  if (address instanceof ipaddr.IPv4) return null;
  if (!isWithin(address, GLOBAL_UNICAST)) return 'not global';
  return isIsatap(address) ? 'isatap' : null;
}

/** An IPv4 address in the last half of any network, to which some hosts tunnel. */
function isIsatap({ parts }: ipaddr.IPv6): boolean {
  return (parts[4] === 0 || parts[4] === 0x200) && parts[5] === 0x5efe;
}

/** An IPv4 address in the clothes of IPv6 (`::ffff:127.0.0.1`) is connected to as what it is. */
function parseAddress(text: string): Address | null {
  const bare = inGroups(text.replace(/%.*$/s, ''));
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : null;
}

/** ipaddr.js takes `::8.8.8.8` for `::ffff:8.8.8.8`; in groups there is one reading. */
function inGroups(text: string): string {
  const url = `http://[${text}]/`;
  return text.includes(':') && URL.canParse(url) ? hostOf(new URL(url)) : text;
}

/** The host that a url leads to: an address as such, without the brackets around it. */
export function hostOf({ hostname }: Pick<URL, 'hostname'>): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}

function parseNetwork(text: string): Network {
  const [address, length] = ipaddr.parseCIDR(
    text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`,
  );
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() && length >= 96
    ? [address.toIPv4Address(), length - 96]
    : [address, length];
}

function isWithin(address: Address, [network, length]: Network): boolean {
  if (address instanceof ipaddr.IPv4) return network instanceof ipaddr.IPv4 && address.match(network, length);
  return network instanceof ipaddr.IPv6 && address.match(network, length);
}
