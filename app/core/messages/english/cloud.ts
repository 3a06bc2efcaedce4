export const cloudMessages = {
  'layer.cloudSources': 'networks of your own choice',
  'layer.cloud': 'The security group',
  'layer.azure': 'The network security group',
  'layer.google': 'The VPC firewall',
  'layer.firewall': 'The firewall of the server',
  'layer.listen': 'listen_addresses',
  'layer.hba': 'pg_hba.conf',
  'azure.limit.rules': 'rules',
  'azure.limit.networks': 'networks',
  'azure.limit.priority': 'as the last priority',
  'cloud.groupAws': '{value} is not an AWS security group. Enter its ID, such as sg-0123456789abcdef0.',
  'cloud.groupAzure':
    '{value} is an AWS security group, but this plan is for Azure. Enter the name of an application security group.',
  'cloud.groupGoogle':
    '{value} is not a Google Cloud network tag. Use lowercase letters, digits and -, starting with a letter, at most 63 characters.',
  'cloud.nat':
    'In a cloud the provider owns and translates {value}, and no machine can bind it. Specify that the public address belongs to a router or cloud in front, and enter the private address.',
  'finding.layer-blocks': '{layer} blocks {address} on the way to {to}, but {client} connects from there.',
  'finding.layer-blocks.why': 'A client must pass every layer. This layer is set to allow other networks.',
  'finding.layer-blocks.fix': 'Add the networks of the client to this layer, or let it follow the clients.',
  'finding.layer-wider': '{layer} allows {address} to reach {to}, but no client of the plan connects from there.',
  'finding.layer-wider.why':
    'pg_hba.conf still rejects it, but only after PostgreSQL has responded, so one layer less protects against a mistake there.',
  'finding.layer-wider.fix': 'Remove the network from this layer, or let it follow the clients.',
  'finding.cloud-group-unused': '{client} has the cloud group {group}, but the plan has no cloud.',
  'finding.cloud-group-unused.why': 'The group has no effect; the networks of the client apply everywhere.',
  'finding.cloud-group-unused.fix': 'Choose the cloud that filters in front of the server, or remove the group.',
  'finding.rate-limit': 'New connections to {host} are not limited.',
  'finding.rate-limit.why':
    'Windows Defender Firewall cannot count the connections of an address, and if the plan has no firewall, nothing counts them.',
  'finding.rate-limit.fix':
    'Leave the limit empty, and limit connections in front of the server: on a router, in a cloud, or with a proxy on Linux.',
  'finding.aws-limit':
    '{name} would need {count} rules of one address family, but a security group can have only {limit}.',
  'finding.aws-limit.why':
    'Networks that can be merged without allowing more addresses are already merged. No file was generated for AWS.',
  'finding.aws-limit.fix':
    'Request a higher quota from AWS and enter it here, use security groups for clients instead of their networks, or use larger networks.',
  'finding.azure-limit': '{name} would need {count} {what}, but the limit of a network security group is {limit}.',
  'finding.azure-limit.why':
    'Networks that can be merged without allowing more addresses are already merged. No file was generated for Azure.',
  'finding.azure-limit.fix':
    'Start at a lower priority, use application security groups for clients instead of their networks, or use larger networks.',
  'aws.title': 'Security groups in front of the machines of the plan.',
  'aws.intro':
    'Run it where the AWS CLI is logged in. Safe to re-run after the plan changes. It creates missing groups, adds the rules of the plan, and removes only rules that it created itself. If the plan uses IPv6, the VPC must have IPv6.',
  'aws.attach':
    'A group filters nothing until it is attached to a machine, and a machine accepts what any of its groups allows: check the other groups of the machine as well.',
  'aws.vpc': 'The plan names no VPC: set VPC_ID when you run the script.',
  'aws.group.server': 'The database server: group {name}.',
  'aws.group.replica': 'The read replicas: group {name}.',
  'aws.group.bastion': 'The bastion: group {name}.',
  'aws.group.gateway': 'The VPN gateway: group {name}.',
  'aws.rules': 'For {description}.',
  'aws.revoke':
    'Rules of earlier runs that the plan no longer has are removed last, so that no client is without its own rule.',
  'aws.undoTitle': 'Removes what security-groups.sh created.',
  'aws.undo': 'Removes our rules, and each group that is no longer in use.',
  'terraform.title': 'Security groups in front of the machines of the plan, for Terraform.',
  'terraform.intro':
    'Review the output of terraform plan before you apply it. terraform destroy undoes it. The state contains no secrets.',
  'terraform.vpc': 'The plan names no VPC: Terraform asks for its ID, or reads TF_VAR_vpc_id.',
  'terraform.egress':
    'Outbound traffic and updates: Terraform removes the default rule of AWS that allows all outbound traffic.',
  'azure.title': 'Network security groups in front of the machines of the plan.',
  'azure.intro':
    'Run it where the Azure CLI is logged in. Safe to re-run after the plan changes. It creates missing groups, writes the rules of the plan, and removes only rules that it created itself.',
  'azure.attach':
    'A group filters nothing until it is attached to a subnet or to a network interface. If both have one, packets must pass both. Azure translates public addresses before it evaluates the rules, so the rules contain private ones.',
  'azure.deny':
    'Everyone else. Without this, a default rule allows every machine of the virtual network and of networks connected to it.',
  'azure.remove': 'Rules of earlier runs that the plan no longer has.',
  'azure.undoTitle': 'Removes the rules of network-security-groups.sh.',
  'azure.undo': 'Removes our rules and keeps the groups: detach and delete those that contain no other rules.',
  'bicep.title': 'Network security groups in front of the machines of the plan, as Bicep.',
  'bicep.intro':
    'Deploy it with: az deployment group create --resource-group GROUP --template-file postern.bicep. The groups belong to this file: the next deployment removes any other rules in them. To undo: delete the groups.',
  'google.title': 'VPC firewall rules for the machines of the plan.',
  'google.terraformTitle': 'VPC firewall rules for the machines of the plan, for Terraform.',
  'google.intro':
    'Run it where the Google Cloud CLI is logged in. Safe to re-run: it adds the rules of the plan first, then deletes rules that it created earlier and that the plan no longer has. It changes no rule that someone else created. If the quota of rules in the project is too small, it stops at the rule that does not fit and has deleted nothing.',
  'google.attach':
    'A rule applies to the machines that have its network tag, and to no machine until you add the tag. Another rule with a lower priority number, and any hierarchical firewall policy, takes precedence.',
  'google.target.server': 'The database server: network tag {tag}.',
  'google.target.replica': 'The read replicas: network tag {tag}.',
  'google.target.bastion': 'The bastion: network tag {tag}.',
  'google.target.gateway': 'The VPN gateway: network tag {tag}.',
  'google.deny':
    'Everyone else. Without this, the rule default-allow-internal of a default network allows every machine of the network.',
  'google.remove':
    'Rules of earlier runs that the plan no longer has. They are deleted last, so that no client is without its own rule.',
  'google.undoTitle': 'Deletes the rules that firewall-rules.sh created.',
  'google.undo': 'Only rules with our description for these network tags are deleted. The tags stay on the machines.',
} as const;
