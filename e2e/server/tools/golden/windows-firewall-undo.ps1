# Made by Postern 0.1.0. Takes back what windows-firewall.ps1 did.
# Run it in a PowerShell that was started as administrator. Afterwards the port is open as far as
# other rules open it.

#Requires -Version 5.1
#Requires -RunAsAdministrator
$ErrorActionPreference = 'Stop'
$group = 'Postern'

# The rules of our group, each by its own name.
foreach ($rule in @(Get-NetFirewallRule -Group $group -ErrorAction SilentlyContinue)) {
  Remove-NetFirewallRule -Name $rule.Name
}
