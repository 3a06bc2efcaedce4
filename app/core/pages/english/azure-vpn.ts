import type { TargetPage } from '../page.ts';

const settings = {
  title: 'Azure, About VPN Gateway configuration settings',
  url: 'https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings',
};

export const azureVpnPage: TargetPage = {
  id: 'azure-vpn',
  title: 'Azure VPN Gateway',
  summary: 'Azure’s own gateway before the virtual network of the server; the sites at the other end run strongSwan.',
  does: [
    'GatewaySubnet, a public address, a route-based gateway of size VpnGw1AZ, and for each site a local network gateway and a connection with the algorithms of swanctl.conf.',
    'Asks for each key when it runs; no key stands in a file.',
    'The script may run again: it makes what is missing, follows networks and addresses of the plan, and takes away sites that are no longer in it.',
  ],
  doesNot: [
    'Carry IPv6: what is made here is IPv4, inside the tunnel and outside.',
    'Speak BGP, or stand as an active-active pair: while Azure maintains the gateway, the tunnels are down for some seconds to minutes.',
    'Make the virtual network, or routes for a subnet with a route table of its own that does not take routes of the gateway.',
    'Let in single people with the clients of Azure (point to site).',
  ],
  undo: [
    'bash your-machine/cloud/vpn-gateway-undo.sh',
    'With Bicep: delete the connections, the local network gateways, the gateway and its address, in this order.',
  ],
  pitfalls: [
    {
      text: 'The gateway costs by the hour from the moment it is made, which often takes 45 minutes or more.',
      source: { title: 'Azure, VPN Gateway pricing', url: 'https://azure.microsoft.com/pricing/details/vpn-gateway/' },
    },
    {
      text: 'GatewaySubnet is for the gateway alone: no machine of yours, and no network security group, with which the gateway may stop working.',
      source: settings,
    },
    {
      text: 'A virtual network has one VPN gateway at most: where there is one already, the script stops and changes nothing of it.',
      source: settings,
    },
    {
      text: 'A template that writes a virtual network with its subnets takes GatewaySubnet away again, unless it lists it.',
      source: {
        title: 'Azure, virtualNetworks in Bicep',
        url: 'https://learn.microsoft.com/azure/templates/microsoft.network/virtualnetworks',
      },
    },
  ],
};
