import { say } from '../../messages/message.ts';
import { type Bicep, bicep, bicepString } from '../../quote/bicep.ts';
import { lines } from '../../quote/lines.ts';
import { sh, shWord } from '../../quote/sh.ts';
import type { Artifact, Block } from '../file.ts';
import { ADDRESS, type AzureSite, azureVpnOf, GATEWAY, keysFirst, POLICY, SKU, SUBNET } from './azure-vpn.ts';

/** `vpn-gateway.bicep`. The keys are secure parameters, which a deployment prompts for and never stores. */
export const azureVpnBicep: Artifact = {
  page: 'azure-vpn',
  render(model) {
    const vpn = azureVpnOf(model);
    if (vpn?.software.format !== 'bicep') return [];
    const { software, sites } = vpn;
    return [
      {
        path: 'your-machine/cloud/vpn-gateway.bicep',
        machine: 'your-machine',
        title: say('azureVpn.title'),
        intro: [say('azureVpn.bicep'), say('azureVpn.cost'), say('azureVpn.limits')],
        ...keysFirst(vpn),
        language: 'bicep',
        run: [
          sh`az deployment group create --resource-group ${shWord(software.resourceGroup)} --template-file your-machine/cloud/vpn-gateway.bicep`,
        ],
        blocks: [
          { lines: [bicep`param location string = ${bicepString(software.location)}`] },
          ...sites.map(
            ({ symbol, label, path }): Block<'bicep'> => ({
              lines: [bicep`@secure()`, bicep`param ${own(symbol)}Key string`],
              reason: { message: say('azureVpn.parameter', { name: label }), path },
            }),
          ),
          {
            lines: lines(bicep`
              resource network 'Microsoft.Network/virtualNetworks@2023-11-01' existing = {
                name: ${bicepString(software.virtualNetwork)}
              }

              resource subnet 'Microsoft.Network/virtualNetworks/subnets@2023-11-01' = {
                parent: network
                name: ${bicepString(SUBNET)}
                properties: {
                  addressPrefix: ${bicepString(software.gatewaySubnet)}
                }
              }

              resource address 'Microsoft.Network/publicIPAddresses@2023-11-01' = {
                name: ${bicepString(ADDRESS)}
                location: location
                sku: {
                  name: 'Standard'
                }
                zones: [
                  '1'
                  '2'
                  '3'
                ]
                properties: {
                  publicIPAllocationMethod: 'Static'
                  publicIPAddressVersion: 'IPv4'
                }
              }

              resource gateway 'Microsoft.Network/virtualNetworkGateways@2023-11-01' = {
                name: ${bicepString(GATEWAY)}
                location: location
                properties: {
                  gatewayType: 'Vpn'
                  vpnType: 'RouteBased'
                  enableBgp: false
                  activeActive: false
                  sku: {
                    name: ${bicepString(SKU)}
                    tier: ${bicepString(SKU)}
                  }
                  ipConfigurations: [
                    {
                      name: 'default'
                      properties: {
                        privateIPAllocationMethod: 'Dynamic'
                        subnet: {
                          id: subnet.id
                        }
                        publicIPAddress: {
                          id: address.id
                        }
                      }
                    }
                  ]
                }
              }
            `),
            reason: { message: say('azureVpn.gateway'), path: 'network.software.gatewaySubnet' },
          },
          ...sites.map(siteBlock),
          { lines: [bicep``, bicep`output gatewayAddress string = address.properties.ipAddress`] },
        ],
      },
    ];
  },
};

/** The symbolic name of a site. */
const own = (symbol: string): Bicep => symbol as Bicep;

function siteBlock({ name, symbol, label, host, networks, path }: AzureSite): Block<'bicep'> {
  const id = own(symbol);
  return {
    lines: [
      ...lines(bicep`
        resource ${id} 'Microsoft.Network/localNetworkGateways@2023-11-01' = {
          name: ${bicepString(name)}
          location: location
          properties: {
            ${host.kind === 'address' ? bicep`gatewayIpAddress` : bicep`fqdn`}: ${bicepString(host.text)}
            localNetworkAddressSpace: {
              addressPrefixes: [
      `),
      ...networks.map((network) => bicep`        ${bicepString(network)}`),
      ...lines(bicep`
              ]
            }
          }
        }

        resource ${id}Connection 'Microsoft.Network/connections@2023-11-01' = {
          name: ${bicepString(name)}
          location: location
          properties: {
            connectionType: 'IPsec'
            connectionProtocol: 'IKEv2'
            enableBgp: false
            sharedKey: ${id}Key
            virtualNetworkGateway1: {
              id: gateway.id
              properties: {}
            }
            localNetworkGateway2: {
              id: ${id}.id
              properties: {}
            }
            ipsecPolicies: [
              {
                ikeEncryption: ${bicepString(POLICY.ikeEncryption)}
                ikeIntegrity: ${bicepString(POLICY.ikeIntegrity)}
                dhGroup: ${bicepString(POLICY.dhGroup)}
                ipsecEncryption: ${bicepString(POLICY.ipsecEncryption)}
                ipsecIntegrity: ${bicepString(POLICY.ipsecIntegrity)}
                pfsGroup: ${bicepString(POLICY.pfsGroup)}
                saLifeTimeSeconds: ${POLICY.saLifeTimeSeconds}
                saDataSizeKilobytes: ${POLICY.saDataSizeKilobytes}
              }
            ]
          }
        }
      `),
    ],
    reason: { message: say('azureVpn.site', { name: label, networks: networks.join(', ') }), path },
  };
}
