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
        name: 'postern-1005'
        properties: {
          description: 'postern: everyone else'
          direction: 'Inbound'
          priority: 1005
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
        name: 'postern-1000'
        properties: {
          description: 'postern ssh: administrators'
          direction: 'Inbound'
          priority: 1000
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: [
            '10.0.0.0/24'
          ]
          sourcePortRange: '*'
          destinationAddressPrefixes: [
            '10.0.2.10/32'
          ]
          destinationPortRange: '22'
        }
      }

      // For ssh: administrators.
      {
        name: 'postern-1001'
        properties: {
          description: 'postern ssh: administrators'
          direction: 'Inbound'
          priority: 1001
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: [
            'fd00::/64'
          ]
          sourcePortRange: '*'
          destinationAddressPrefixes: [
            'fd00:0:0:2::10/128'
          ]
          destinationPortRange: '22'
        }
      }

      // For postgresql: web.
      {
        name: 'postern-1002'
        properties: {
          description: 'postern postgresql: web'
          direction: 'Inbound'
          priority: 1002
          access: 'Allow'
          protocol: 'Tcp'
          sourceApplicationSecurityGroups: [
            { id: resourceId('Microsoft.Network/applicationSecurityGroups', 'asg-web') }
          ]
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '5432'
        }
      }

      // For postgresql: worker.
      {
        name: 'postern-1003'
        properties: {
          description: 'postern postgresql: worker'
          direction: 'Inbound'
          priority: 1003
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: [
            '10.0.3.0/24'
          ]
          sourcePortRange: '*'
          destinationAddressPrefixes: [
            '10.0.2.10/32'
          ]
          destinationPortRange: '5432'
        }
      }

      // For postgresql: worker.
      {
        name: 'postern-1004'
        properties: {
          description: 'postern postgresql: worker'
          direction: 'Inbound'
          priority: 1004
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: [
            'fd00:0:0:3::/64'
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
