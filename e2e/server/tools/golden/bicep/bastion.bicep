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
        name: 'postern-1004'
        properties: {
          description: 'postern: everyone else'
          direction: 'Inbound'
          priority: 1004
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
            '10.0.2.5/32'
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
            'fd00:0:0:2::5/128'
          ]
          sourcePortRange: '*'
          destinationAddressPrefixes: [
            'fd00:0:0:2::10/128'
          ]
          destinationPortRange: '22'
        }
      }

      // For postgresql: staff.
      {
        name: 'postern-1002'
        properties: {
          description: 'postern postgresql: staff'
          direction: 'Inbound'
          priority: 1002
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: [
            '10.0.2.5/32'
          ]
          sourcePortRange: '*'
          destinationAddressPrefixes: [
            '10.0.2.10/32'
          ]
          destinationPortRange: '5432'
        }
      }

      // For postgresql: staff.
      {
        name: 'postern-1003'
        properties: {
          description: 'postern postgresql: staff'
          direction: 'Inbound'
          priority: 1003
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: [
            'fd00:0:0:2::5/128'
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

// The bastion: group shop-db-bastion.

resource bastion 'Microsoft.Network/networkSecurityGroups@2023-11-01' = {
  name: 'shop-db-bastion'
  location: location
  properties: {
    securityRules: [

      // For ssh: administrators, staff.
      {
        name: 'postern-1000'
        properties: {
          description: 'postern ssh: administrators, staff'
          direction: 'Inbound'
          priority: 1000
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: [
            '198.51.100.0/28'
          ]
          sourcePortRange: '*'
          destinationAddressPrefixes: [
            '203.0.113.20/32'
            '10.0.2.5/32'
          ]
          destinationPortRange: '22'
        }
      }

      // For ssh: administrators, staff.
      {
        name: 'postern-1001'
        properties: {
          description: 'postern ssh: administrators, staff'
          direction: 'Inbound'
          priority: 1001
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: [
            '2001:db8:20::/64'
          ]
          sourcePortRange: '*'
          destinationAddressPrefixes: [
            '2001:db8:10::20/128'
            'fd00:0:0:2::5/128'
          ]
          destinationPortRange: '22'
        }
      }
    ]
  }
}
