// Made by Postern 0.1.0. The Azure VPN gateway, and a connection for each site.
// Deploy it with: az deployment group create --resource-group GROUP --template-file
// vpn-gateway.bicep. It asks for the keys. Sites that the plan no longer has are kept until you
// delete them.
// The gateway is billed by the hour from its creation, whether it is used or not, and creating it
// often takes 45 minutes or more.
// Size VpnGw1AZ, route-based, IKEv2, one address, no BGP, IPv4 only. Attach no network security
// group to GatewaySubnet.

param location string = 'westeurope'

// The key of warehouse: enter-key.sh --make on that site shows it.
@secure()
param site1Key string

// The subnet for the gateway only, its public address, and the gateway.
resource network 'Microsoft.Network/virtualNetworks@2023-11-01' existing = {
  name: 'shop-network'
}

resource subnet 'Microsoft.Network/virtualNetworks/subnets@2023-11-01' = {
  parent: network
  name: 'GatewaySubnet'
  properties: {
    addressPrefix: '10.0.255.0/27'
  }
}

resource address 'Microsoft.Network/publicIPAddresses@2023-11-01' = {
  name: 'postern-vpn-address'
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
  name: 'postern-vpn'
  location: location
  properties: {
    gatewayType: 'Vpn'
    vpnType: 'RouteBased'
    enableBgp: false
    activeActive: false
    sku: {
      name: 'VpnGw1AZ'
      tier: 'VpnGw1AZ'
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

// warehouse: 10.8.0.9/32, 192.168.7.0/24.
resource site1 'Microsoft.Network/localNetworkGateways@2023-11-01' = {
  name: 'postern-site-warehouse'
  location: location
  properties: {
    gatewayIpAddress: '192.0.2.4'
    localNetworkAddressSpace: {
      addressPrefixes: [
        '10.8.0.9/32'
        '192.168.7.0/24'
]
}
}
}

resource site1Connection 'Microsoft.Network/connections@2023-11-01' = {
name: 'postern-site-warehouse'
location: location
properties: {
connectionType: 'IPsec'
connectionProtocol: 'IKEv2'
enableBgp: false
sharedKey: site1Key
virtualNetworkGateway1: {
id: gateway.id
properties: {}
}
localNetworkGateway2: {
id: site1.id
properties: {}
}
ipsecPolicies: [
{
  ikeEncryption: 'AES256'
  ikeIntegrity: 'SHA384'
  dhGroup: 'ECP384'
  ipsecEncryption: 'GCMAES256'
  ipsecIntegrity: 'GCMAES256'
  pfsGroup: 'ECP384'
  saLifeTimeSeconds: 3600
  saDataSizeKilobytes: 102400000
}
]
}
}

output gatewayAddress string = address.properties.ipAddress
