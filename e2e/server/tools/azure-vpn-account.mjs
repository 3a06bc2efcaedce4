#!/usr/bin/env node
/**
 * A fake `az`: a resource group in a file ($CLOUD_ACCOUNT) that answers as the CLI's documentation says, rejects what
 * Azure rejects, and rejects every argument that the scripts are not known to use.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const file = process.env.CLOUD_ACCOUNT;
const account = JSON.parse(readFileSync(file, 'utf8'));
const save = () => writeFileSync(file, JSON.stringify(account));
const fail = (text) => {
  save();
  process.stderr.write(`${text}\n`);
  process.exit(3);
};

account.calls += 1;
if (account.breaksAt === account.calls) fail('Connection aborted.');

const verbs = [];
const options = new Map();
let current = verbs;
for (const word of process.argv.slice(2)) {
  if (word.startsWith('--')) {
    current = [];
    options.set(word.slice(2), current);
  } else current.push(word.startsWith('@') ? readFileSync(word.slice(1), 'utf8') : word); // the value is in a file
}
const one = (name) => options.get(name)?.[0];
const known = (...names) => {
  for (const name of options.keys())
    if (!['resource-group', 'output', ...names].includes(name)) fail(`unrecognized arguments: --${name}`);
  for (const name of names) if (!options.has(name)) fail(`the following arguments are required: --${name}`);
  if (one('resource-group') !== account.resourceGroup) fail('ResourceGroupNotFound');
};
const print = (rows) => process.stdout.write(rows.map((row) => `${[row].flat().join('\t')}\n`).join(''));
const { subnets, addresses, gateways, locals, connections } = account;
const find = (list, name) => list.find((of) => of.name.toLowerCase() === name?.toLowerCase());
const put = (list, entry) => {
  const at = list.findIndex(({ name }) => name === entry.name);
  if (at >= 0) list[at] = { ...entry };
  else list.push(entry);
};
const drop = (list, name) => {
  if (!find(list, name)) fail('ResourceNotFound');
  list.splice(list.indexOf(find(list, name)), 1);
};
const listed = (list) => {
  known('query');
  if (one('query') !== '[].name') fail('an unknown query');
  print(list.map(({ name }) => name));
};
const words = {
  'ike-encryption': ['AES256', 'GCMAES256'],
  'ike-integrity': ['SHA256', 'SHA384'],
  'dh-group': ['DHGroup14', 'ECP256', 'ECP384'],
  'ipsec-encryption': ['AES256', 'GCMAES256'],
  'ipsec-integrity': ['SHA256', 'GCMAES256'],
  'pfs-group': ['PFS2048', 'ECP256', 'ECP384'],
};

switch (verbs.join(' ')) {
  case 'network vnet subnet list':
    known('vnet-name', 'query');
    if (one('vnet-name') !== account.network) fail('ResourceNotFound');
    if (one('query') !== '[].[name,addressPrefix]') fail('an unknown query');
    print(subnets.map(({ name, prefix }) => [name, prefix]));
    break;
  case 'network vnet subnet create':
    known('vnet-name', 'name', 'address-prefixes');
    if (find(subnets, one('name'))) fail('a subnet that is there would be replaced');
    subnets.push({ name: one('name'), prefix: one('address-prefixes') });
    break;
  case 'network public-ip list':
    listed(addresses);
    break;
  case 'network public-ip create':
    known('name', 'location', 'sku', 'allocation-method', 'version', 'zone');
    if (one('sku') !== 'Standard' || one('allocation-method') !== 'Static') fail('InvalidPublicIPAddress');
    addresses.push({ name: one('name'), ip: '203.0.113.77' });
    break;
  case 'network public-ip show':
    known('name', 'query');
    if (one('query') !== 'ipAddress') fail('an unknown query');
    print([find(addresses, one('name')).ip]);
    break;
  case 'network public-ip delete':
    known('name');
    if (gateways.some(({ address }) => address === one('name'))) fail('PublicIPAddressCannotBeDeleted');
    drop(addresses, one('name'));
    break;
  case 'network vnet-gateway list':
    listed(gateways);
    break;
  case 'network vnet-gateway create': {
    known('name', 'location', 'vnet', 'public-ip-addresses', 'gateway-type', 'vpn-type', 'sku');
    if (!find(subnets, 'GatewaySubnet') || !find(addresses, one('public-ip-addresses')))
      fail('InvalidResourceReference');
    if (gateways.length > 0) fail('VnetAlreadyHasGateway');
    if (one('gateway-type') !== 'Vpn' || one('vpn-type') !== 'RouteBased' || !/^VpnGw[1-5]AZ$/.test(one('sku')))
      fail('InvalidGatewaySku');
    gateways.push({ name: one('name'), address: one('public-ip-addresses') });
    break;
  }
  case 'network vnet-gateway delete':
    known('name');
    if (connections.length > 0) fail('VirtualNetworkGatewayCannotBeDeleted');
    drop(gateways, one('name'));
    break;
  case 'network local-gateway list':
    listed(locals);
    break;
  case 'network local-gateway create': {
    const how = options.has('fqdn') ? 'fqdn' : 'gateway-ip-address';
    known('name', 'location', 'local-address-prefixes', how);
    const prefixes = options.get('local-address-prefixes');
    if (prefixes.length === 0 || prefixes.some((prefix) => prefix.includes(':'))) fail('InvalidAddressPrefix');
    put(locals, { name: one('name'), host: one(how), prefixes });
    break;
  }
  case 'network local-gateway delete':
    known('name');
    if (connections.some(({ local }) => local === one('name'))) fail('LocalNetworkGatewayCannotBeDeleted');
    drop(locals, one('name'));
    break;
  case 'network vpn-connection list':
    listed(connections);
    break;
  case 'network vpn-connection create':
    known('name', 'location', 'vnet-gateway1', 'local-gateway2', 'shared-key');
    if (!find(gateways, one('vnet-gateway1')) || !find(locals, one('local-gateway2'))) fail('InvalidResourceReference');
    put(connections, { name: one('name'), local: one('local-gateway2'), key: one('shared-key'), policies: [] });
    break;
  case 'network vpn-connection delete':
    known('name');
    drop(connections, one('name'));
    break;
  case 'network vpn-connection ipsec-policy list':
    known('connection-name', 'query');
    if (one('query') !== 'length(@)') fail('an unknown query');
    print([find(connections, one('connection-name')).policies.length]);
    break;
  case 'network vpn-connection ipsec-policy add': {
    known('connection-name', ...Object.keys(words), 'sa-lifetime', 'sa-max-size');
    for (const [name, all] of Object.entries(words)) if (!all.includes(one(name))) fail(`invalid choice: ${one(name)}`);
    const gcm = one('ipsec-encryption').startsWith('GCM');
    if (gcm && one('ipsec-integrity') !== one('ipsec-encryption')) fail('InvalidIpsecIntegrity');
    if (Number(one('sa-lifetime')) < 300 || Number(one('sa-max-size')) < 1024) fail('InvalidLifetime');
    const connection = find(connections, one('connection-name'));
    if (connection.policies.length > 0) fail('OnlyOnePolicy');
    connection.policies.push(Object.keys(words).map(one).join(' '));
    break;
  }
  default:
    fail(`az: unknown command ${verbs.join(' ')}`);
}
save();
