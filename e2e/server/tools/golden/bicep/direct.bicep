// Made by Postern 0.1.0. Network security groups in front of the machines of the plan, as Bicep.
// Deploy it with: az deployment group create --resource-group GROUP --template-file postern.bicep.
// The groups belong to this file: the next deployment removes any other rules in them. To undo:
// delete the groups.
// A group filters nothing until it is attached to a subnet or to a network interface. If both have
// one, packets must pass both. Azure translates public addresses before it evaluates the rules, so
// the rules contain private ones.

param location string = 'westeurope'

// The database server: group shop-db.

resource server 'Microsoft.Network/networkSecurityGroups@2023-11-01' = {
  name: 'shop-db'
  location: location
  properties: {
    securityRules: [

      // Everyone else. Without this, a default rule allows every machine of the virtual network and
      // of networks connected to it.
      {
        name: 'postern-204'
        properties: {
          description: 'postern: everyone else'
          direction: 'Inbound'
          priority: 204
          access: 'Deny'
          protocol: 'Tcp'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '5432'
        }
      }

      // For ssh: administrators.
      {
        name: 'postern-200'
        properties: {
          description: 'postern ssh: administrators'
          direction: 'Inbound'
          priority: 200
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: [
            '198.51.100.0/28'
          ]
          sourcePortRange: '*'
          destinationAddressPrefixes: [
            '203.0.113.10/32'
            '10.0.2.10/32'
          ]
          destinationPortRange: '22'
        }
      }

      // For ssh: administrators.
      {
        name: 'postern-201'
        properties: {
          description: 'postern ssh: administrators'
          direction: 'Inbound'
          priority: 201
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: [
            '2001:db8:20::/64'
          ]
          sourcePortRange: '*'
          destinationAddressPrefixes: [
            '2001:db8:10::10/128'
            'fd00:0:0:2::10/128'
          ]
          destinationPortRange: '22'
        }
      }

      // For postgresql: office, o_hara _uniqueString_x_ _.
      {
        name: 'postern-202'
        properties: {
          description: 'postern postgresql: office, o_hara _uniqueString_x_ _'
          direction: 'Inbound'
          priority: 202
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: [
            '192.0.2.7/32'
            '198.51.100.0/28'
          ]
          sourcePortRange: '*'
          destinationAddressPrefixes: [
            '10.0.2.10/32'
          ]
          destinationPortRange: '5432'
        }
      }

      // For postgresql: office.
      {
        name: 'postern-203'
        properties: {
          description: 'postern postgresql: office'
          direction: 'Inbound'
          priority: 203
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: [
            '2001:db8:20::/64'
          ]
          sourcePortRange: '*'
          destinationAddressPrefixes: [
            'fd00:0:0:2::10/128'
          ]
          destinationPortRange: '5432'
        }
      }
    ]
  }
}
