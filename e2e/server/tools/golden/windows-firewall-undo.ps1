# Made by Postern 0.1.0. Removes what windows-firewall.ps1 created.
# Run it in a PowerShell that was started as administrator. Afterwards only other rules decide
# whether the port is open.

#Requires -Version 5.1
#Requires -RunAsAdministrator
$ErrorActionPreference = 'Stop'
$group = 'Postern'

# The rules of our group, each by its own name.
foreach ($rule in @(Get-NetFirewallRule -Group $group -ErrorAction SilentlyContinue)) {
  Remove-NetFirewallRule -Name $rule.Name
}
