# Made by Postern 0.1.0. Rules of Windows Defender Firewall for the port of PostgreSQL on the
# database server, in a separate group.
# Run it in a PowerShell that was started as administrator. Safe to re-run after the plan changes.
# Windows Defender Firewall blocks what no rule allows; these rules allow the clients of the plan.
# PostgreSQL and TLS share one port, so no other port is opened for TLS.
# Remote Desktop, SSH and every other port have their own rules, which are not changed. Names
# outside ASCII are written as character codes in the rules and as question marks in comments, so
# that no code page can misread this file.

#Requires -Version 5.1
#Requires -RunAsAdministrator
$ErrorActionPreference = 'Stop'
$group = 'Postern'

# Reports what would weaken these rules: a firewall that is off, one that allows inbound connections
# by default, or group policy settings.
foreach ($one in Get-NetFirewallProfile -PolicyStore ActiveStore) {
  if ("$($one.Enabled)" -ne 'True') {
    Write-Warning "The firewall is off in networks of the profile $($one.Name): every port is open there."
  } elseif ("$($one.DefaultInboundAction)" -eq 'Allow') {
    Write-Warning "In networks of the profile $($one.Name) the firewall lets in what no rule names."
  }
  if ("$($one.AllowLocalFirewallRules)" -eq 'False') {
    Write-Warning "In networks of the profile $($one.Name) a group policy ignores the rules of this machine, these included."
  }
}

# The new rules are created first and the earlier ones are deleted after that, so that no client is
# rejected in between. If a rule cannot be created, nothing changes.
$before = @(Get-NetFirewallRule -Group $group -ErrorAction SilentlyContinue)
$made = @()
$shared = @{ Group = $group; Direction = 'Inbound'; Action = 'Allow'; Profile = 'Any'; Enabled = 'True' }
try {

  # o'hara connects to PostgreSQL from 198.51.100.0/32.
  $made += New-NetFirewallRule @shared -Protocol TCP -LocalPort 5432 -LocalAddress '203.0.113.10' -RemoteAddress '198.51.100.0' -DisplayName 'Postern postgresql: o''hara'

  # typographic ???? connects to PostgreSQL from 198.51.100.1/32.
  $made += New-NetFirewallRule @shared -Protocol TCP -LocalPort 5432 -LocalAddress '203.0.113.10' -RemoteAddress '198.51.100.1' -DisplayName ('' + 'Postern postgresql: typographic ' + [char]0x2018 + [char]0x2019 + [char]0x201a + [char]0x201b)

  # gr??e ?? ? connects to PostgreSQL from 198.51.100.2/32.
  $made += New-NetFirewallRule @shared -Protocol TCP -LocalPort 5432 -LocalAddress '203.0.113.10' -RemoteAddress '198.51.100.2' -DisplayName ('' + 'Postern postgresql: gr' + [char]0xf6 + [char]0xdf + 'e ' + [char]0x6570 + [char]0x636e + ' ' + [char]0xd83d + [char]0xde00)

  # $(calc) `n "x" #> connects to PostgreSQL from 198.51.100.3/32.
  $made += New-NetFirewallRule @shared -Protocol TCP -LocalPort 5432 -LocalAddress '203.0.113.10' -RemoteAddress '198.51.100.3' -DisplayName 'Postern postgresql: $(calc) `n "x" #>'

  # -x; rm connects to PostgreSQL from 198.51.100.4/32.
  $made += New-NetFirewallRule @shared -Protocol TCP -LocalPort 5432 -LocalAddress '203.0.113.10' -RemoteAddress '198.51.100.4' -DisplayName 'Postern postgresql: -x; rm'

  # everyone connects to PostgreSQL from 0.0.0.0/0, ::/0.
  $made += New-NetFirewallRule @shared -Protocol TCP -LocalPort 5432 -LocalAddress '203.0.113.10' -RemoteAddress '0.0.0.0/1', '128.0.0.0/1' -DisplayName 'Postern postgresql: everyone'
  $made += New-NetFirewallRule @shared -Protocol TCP -LocalPort 5432 -LocalAddress '2001:db8:10::10' -RemoteAddress '::/1', '8000::/1' -DisplayName 'Postern postgresql: everyone'
} catch {
  foreach ($rule in $made) { Remove-NetFirewallRule -Name $rule.Name }
  throw
}
foreach ($rule in $before) { Remove-NetFirewallRule -Name $rule.Name }

# Other rules that affect port 5432: those that Windows or an installer created for postgres.exe,
# and any for the port. They are listed and not changed.
function Test-Port($named) {
  foreach ($one in $named) {
    if ($one -eq 'Any' -or $one -eq '5432') { return $true }
    if ($one -match '^(\d+)-(\d+)$' -and [int]$Matches[1] -le 5432 -and 5432 -le [int]$Matches[2]) { return $true }
  }
  return $false
}
foreach ($filter in Get-NetFirewallPortFilter -PolicyStore ActiveStore) {
  if ($filter.Protocol -notin 'TCP', 'Any' -or -not (Test-Port $filter.LocalPort)) { continue }
  foreach ($rule in @($filter | Get-NetFirewallRule -ErrorAction SilentlyContinue)) {
    if ("$($rule.Direction)" -ne 'Inbound' -or "$($rule.Enabled)" -ne 'True' -or $rule.Group -eq $group) { continue }
    $application = $rule | Get-NetFirewallApplicationFilter
    if ($application.Package -like 'S-1-15-*') { continue }
    if ($application.Program -and $application.Program -ne 'Any' -and $application.Program -notlike '*\postgres.exe') { continue }
    $service = ($rule | Get-NetFirewallServiceFilter).Service
    if ($service -and $service -notin 'Any', '*' -and $service -notlike 'postgresql*') { continue }
    $from = ($rule | Get-NetFirewallAddressFilter).RemoteAddress -join ', '
    if ("$($rule.Action)" -eq 'Block') {
      Write-Warning "The rule '$($rule.DisplayName)' ($($rule.Name)) blocks port 5432 for $from and goes before every rule that allows."
    } else {
      Write-Warning "The rule '$($rule.DisplayName)' ($($rule.Name)) opens port 5432 for $from as well. It stays; Disable-NetFirewallRule takes it out of use."
    }
  }
}
Get-NetFirewallRule -Group $group -ErrorAction SilentlyContinue | Format-Table DisplayName, Enabled, Action
