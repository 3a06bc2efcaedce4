export const cloudMessages = {
  'layer.cloudSources': 'networks of your own choice',
  'layer.cloud': 'The security group',
  'layer.azure': 'The network security group',
  'layer.firewall': 'The firewall of the server',
  'layer.listen': 'listen_addresses',
  'layer.hba': 'pg_hba.conf',
  'azure.limit.rules': 'rules',
  'azure.limit.networks': 'networks',
  'azure.limit.priority': 'as the last priority',
  'cloud.groupAws': '{value} is not a security group of AWS. Write its id, such as sg-0123456789abcdef0.',
  'cloud.groupAzure':
    '{value} is a security group of AWS, and this plan is for Azure. Write the name of an application security group.',
  'cloud.nat':
    'In a cloud {value} belongs to the provider, who translates it, and no machine can bind it. Say that the public address belongs to a router or cloud in front, and give the private one.',
  'finding.layer-blocks': '{layer} stops {address} on its way to {to}, and {client} comes from there.',
  'finding.layer-blocks.why': 'A client has to pass every layer. This one was told to let other networks through.',
  'finding.layer-blocks.fix': 'Add the networks of the client to this layer, or let it follow the clients.',
  'finding.layer-wider': '{layer} lets {address} through to {to}, and no client of the plan comes from there.',
  'finding.layer-wider.why':
    'pg_hba.conf still refuses it, but only after PostgreSQL has answered: one layer less stands before a mistake there.',
  'finding.layer-wider.fix': 'Take the network out of this layer, or let it follow the clients.',
  'finding.cloud-group-unused': '{client} has {group} as its group in a cloud, and the plan has no cloud.',
  'finding.cloud-group-unused.why': 'Nothing is made of the group; the networks of the client count everywhere.',
  'finding.cloud-group-unused.fix': 'Say which cloud filters in front of the server, or take the group out.',
  'finding.rate-limit': 'New connections to {host} are not limited.',
  'finding.rate-limit.why':
    'Windows Defender Firewall cannot count the connections of an address, and where the plan has no firewall nothing counts them.',
  'finding.rate-limit.fix':
    'Leave the limit empty, and let something in front count: a router, a cloud, or a proxy on Linux.',
  'finding.aws-limit': '{name} would need {count} rules of one family, and {limit} fit into a security group.',
  'finding.aws-limit.why':
    'Networks that can be merged without opening anything are merged already. No file was made for AWS.',
  'finding.aws-limit.fix':
    'Ask Amazon for a higher quota and write it here, give clients a security group of their own in place of their networks, or use larger networks.',
  'finding.azure-limit': '{name} would need {count} {what}, and {limit} is the limit of a network security group.',
  'finding.azure-limit.why':
    'Networks that can be merged without opening anything are merged already. No file was made for Azure.',
  'finding.azure-limit.fix':
    'Start at a lower priority, give clients an application security group in place of their networks, or use larger networks.',
  'aws.title': 'Security groups in front of the machines of the plan.',
  'aws.intro':
    'Run it where the AWS CLI is logged in; it may run again after the plan changed. It makes the groups that are missing, adds the rules of the plan, and takes away only rules that it made itself. The VPC must have IPv6 where the plan has.',
  'aws.attach':
    'A group filters nothing until it is attached to a machine, and a machine takes what any of its groups lets in: look at the other groups of the machine as well.',
  'aws.group.server': 'The database server: group {name}.',
  'aws.group.replica': 'The read replicas: group {name}.',
  'aws.group.bastion': 'The bastion: group {name}.',
  'aws.group.gateway': 'The VPN gateway: group {name}.',
  'aws.rules': 'For {description}.',
  'aws.revoke': 'Rules of earlier runs that the plan no longer has go last, so that no client is ever without its own.',
  'aws.undoTitle': 'Takes back what security-groups.sh did.',
  'aws.undo': 'Our rules go, and each group that nothing uses any more.',
  'terraform.title': 'Security groups in front of the machines of the plan, for Terraform.',
  'terraform.intro':
    'Look at what terraform plan says before you apply it. terraform destroy takes it back. The state holds no secret.',
  'terraform.egress': 'Answers and updates: Terraform takes away the rule with which AWS lets everything out.',
  'azure.title': 'Network security groups in front of the machines of the plan.',
  'azure.intro':
    'Run it where the Azure CLI is logged in; it may run again after the plan changed. It makes the groups that are missing, writes the rules of the plan, and takes away only rules that it made itself.',
  'azure.attach':
    'A group filters nothing until it is attached to a subnet or to a network interface. Where both have one, packets have to pass both. Azure translates public addresses before the rules are asked, so they name private ones.',
  'azure.deny':
    'Everyone else. Without this, a default rule lets in every machine of the virtual network and of networks joined to it.',
  'azure.remove': 'Rules of earlier runs that the plan no longer has.',
  'azure.undoTitle': 'Takes back the rules of network-security-groups.sh.',
  'azure.undo': 'Our rules go, and the groups stay: detach and delete them where nothing else is in them.',
  'bicep.title': 'Network security groups in front of the machines of the plan, as Bicep.',
  'bicep.intro':
    'Deploy it with: az deployment group create --resource-group GROUP --template-file postern.bicep. The groups belong to this file: rules that others put into them go at the next deployment. Deleting the groups takes it back.',
} as const;
