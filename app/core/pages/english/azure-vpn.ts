import { file, says, test, vendor } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const azureVpn = test('e2e/server/tools/azure-vpn.test.ts');
const ours = file('app/core/bundle/vpn/azure-vpn.ts');

export const azureVpnPage: TargetPage = {
  id: 'azure-vpn',
  title: 'Azure VPN Gateway',
  summary: "Azure's own gateway in front of the server's virtual network; the sites at the other end run strongSwan.",
  does: says(
    azureVpn,
    'GatewaySubnet, a public address, a route-based gateway of size VpnGw1AZ, and for each site a local network gateway and a connection with the algorithms of swanctl.conf.',
    'Prompts for each key when it runs; no file contains a key.',
    'The script is safe to re-run: it creates what is missing, updates networks and addresses from the plan, and removes sites that are no longer in it.',
  ),
  doesNot: [
    ...says(ours, 'Carry IPv6: the gateway uses IPv4, inside and outside the tunnel.'),
    ...says(
      vendor(
        'Azure, About active-active mode VPN gateways',
        'https://learn.microsoft.com/azure/vpn-gateway/about-active-active-gateways',
      ),
      'Use BGP, or run as an active-active pair: the tunnels are interrupted briefly while Azure maintains the gateway, and for longer after a failure.',
    ),
    ...says(
      file('app/core/bundle/vpn/azure-vpn-cli.ts'),
      "Create the virtual network, or routes for a subnet with its own route table that doesn't accept gateway routes.",
    ),
    ...says(ours, 'Connect individual users with the Azure VPN clients (point-to-site).'),
  ],
  undo: [
    ...says(azureVpn, 'bash your-machine/cloud/vpn-gateway-undo.sh'),
    ...says(
      file('app/core/bundle/vpn/azure-vpn-bicep.ts'),
      'With Bicep: delete the connections, the local network gateways, the gateway and its address, in this order.',
    ),
  ],
  pitfalls: [
    ...says(
      vendor('Azure, VPN Gateway pricing', 'https://azure.microsoft.com/pricing/details/vpn-gateway/'),
      'The gateway is billed by the hour from the moment it is created.',
    ),
    ...says(
      vendor(
        'Azure, Create and manage a VPN gateway',
        'https://learn.microsoft.com/azure/vpn-gateway/tutorial-create-gateway-portal',
      ),
      'Creating the gateway often takes 45 minutes or more.',
    ),
    ...says(
      vendor(
        'Azure, About VPN Gateway configuration settings',
        'https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings',
      ),
      'GatewaySubnet is only for the gateway: put no machine of yours in it, and no network security group, which can stop the gateway from working.',
      "A virtual network has at most one VPN gateway: if one exists, the script stops and doesn't change it.",
    ),
    ...says(
      vendor(
        'Azure, virtualNetworks in Bicep',
        'https://learn.microsoft.com/azure/templates/microsoft.network/virtualnetworks',
      ),
      'A template that writes a virtual network with its subnets removes GatewaySubnet unless it lists it.',
    ),
  ],
};
