import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { type Prefix, prefixText } from '../../net/prefix.ts';
import { lines } from '../../quote/lines.ts';
import { type PowerShell, powershell, psText } from '../../quote/powershell.ts';
import { join } from '../../quote/template.ts';
import type { Artifact, Block, FileDraft } from '../file.ts';
import { type Group, groupsOf, shortText } from './allowed-sources.ts';
import {
  filteredPorts,
  type HostFirewall,
  hostFirewalls,
  inWords,
  openToEveryone,
  type PortRule,
} from './host-firewall.ts';

/** The group of our rules. */
const GROUP = psText('Postern');

/**
 * `windows-firewall.ps1` and its undo: a group of allow rules, because Windows Defender Firewall blocks by default. A
 * block rule takes precedence over every allow rule, so the group has none; other rules that allow more on the port are
 * listed, and kept.
 */
export const windows: Artifact = {
  page: 'windows-firewall',
  render: (model) => hostFirewalls(model, 'windows').flatMap((hostFirewall) => files(model, hostFirewall)),
};

function files(model: AccessModel, hostFirewall: HostFirewall): FileDraft<'powershell'>[] {
  const shared = { machine: hostFirewall.machine, language: 'powershell' } as const;
  const path = 'firewall.kind';
  return [
    {
      ...shared,
      path: `${hostFirewall.folder}/windows-firewall.ps1`,
      title: say('windows.title', inWords(hostFirewall)),
      intro: [say('windows.intro'), say('firewall.onePort'), say('windows.untouched')],
      blocks: [
        { lines: start },
        { lines: profiles, reason: { message: say('windows.profiles'), path } },
        { lines: begin, reason: { message: say('windows.replace'), path } },
        ...openToEveryone(hostFirewall).map(({ reason, ...portRule }) => ({
          reason,
          lines: [rule(portRule, powershell``, 'tunnel')],
        })),
        ...filteredPorts(hostFirewall).flatMap((portRule) =>
          portRule.allowedSources.map(
            (allowed): Block<'powershell'> => ({
              reason: allowed.reason,
              lines: groupsOf(allowed).map((group) =>
                rule(portRule, addressesOf(group), `${portRule.service}: ${allowed.label}`),
              ),
            }),
          ),
        ),
        { lines: end },
        ...filteredPorts(hostFirewall).map(
          ({ protocol, port }): Block<'powershell'> => ({
            reason: { message: say('windows.others', { port: model.plan.server.port }), path: 'server.port' },
            lines: others(protocol, port),
          }),
        ),
      ],
    },
    {
      ...shared,
      path: `${hostFirewall.folder}/windows-firewall-undo.ps1`,
      purpose: 'undo',
      title: say('windows.undoTitle'),
      intro: [say('windows.undoIntro')],
      blocks: [
        { lines: start },
        {
          lines: lines(powershell`
            foreach ($rule in @(Get-NetFirewallRule -Group $group -ErrorAction SilentlyContinue)) {
              Remove-NetFirewallRule -Name $rule.Name
            }
          `),
          reason: { message: say('windows.undo'), path },
        },
      ],
    },
  ];
}

const start = lines(powershell`
  #Requires -Version 5.1
  #Requires -RunAsAdministrator
  $ErrorActionPreference = 'Stop'
  $group = ${GROUP}
`);

const profiles = lines(powershell`
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
`);

/** New rules are added before old ones are removed, so that no client of both is ever blocked. */
const begin = lines(powershell`
  $before = @(Get-NetFirewallRule -Group $group -ErrorAction SilentlyContinue)
  $made = @()
  $shared = @{ Group = $group; Direction = 'Inbound'; Action = 'Allow'; Profile = 'Any'; Enabled = 'True' }
  try {
`);

/**
 * Remove-NetFirewallRule without a name removes every rule of the machine, so it is never called with a list that may
 * be empty.
 */
const end = lines(powershell`
  } catch {
    foreach ($rule in $made) { Remove-NetFirewallRule -Name $rule.Name }
    throw
  }
  foreach ($rule in $before) { Remove-NetFirewallRule -Name $rule.Name }
`);

function rule({ protocol, port }: Pick<PortRule, 'protocol' | 'port'>, scope: PowerShell, label: string): PowerShell {
  const name = protocol === 'tcp' ? powershell`TCP` : powershell`UDP`;
  return powershell`  $made += New-NetFirewallRule @shared -Protocol ${name} -LocalPort ${port}${scope} -DisplayName ${psText(`Postern ${label}`)}`;
}

const addressesOf = ({ from, to }: Group): PowerShell =>
  powershell`${among(powershell` -LocalAddress `, to)}${among(powershell` -RemoteAddress `, from)}`;

const among = (name: PowerShell, networks: readonly Prefix[]): PowerShell =>
  powershell`${name}${join(networks.flatMap(halves).map(psText), ', ')}`;

/** A network as the cmdlet accepts it. It has no prefix of length 0, so that is written as its two halves. */
function halves(prefix: Prefix): string[] {
  if (prefix.length > 0) return [shortText(prefix)];
  const upper = prefix.family === 4 ? 1n << 31n : 1n << 127n;
  return [0n, upper].map((bits) => prefixText({ ...prefix, bits, length: 1 }));
}

/** Looks up the rule of each filter and not the reverse, because few of some hundred rules name the port. */
function others(protocol: PortRule['protocol'], port: number): PowerShell[] {
  const name = protocol === 'tcp' ? powershell`'TCP'` : powershell`'UDP'`;
  return lines(powershell`
    function Test-Port($named) {
      foreach ($one in $named) {
        if ($one -eq 'Any' -or $one -eq '${port}') { return $true }
        if ($one -match '^(\d+)-(\d+)$' -and [int]$Matches[1] -le ${port} -and ${port} -le [int]$Matches[2]) { return $true }
      }
      return $false
    }
    foreach ($filter in Get-NetFirewallPortFilter -PolicyStore ActiveStore) {
      if ($filter.Protocol -notin ${name}, 'Any' -or -not (Test-Port $filter.LocalPort)) { continue }
      foreach ($rule in @($filter | Get-NetFirewallRule -ErrorAction SilentlyContinue)) {
        if ("$($rule.Direction)" -ne 'Inbound' -or "$($rule.Enabled)" -ne 'True' -or $rule.Group -eq $group) { continue }
        $application = $rule | Get-NetFirewallApplicationFilter
        if ($application.Package -like 'S-1-15-*') { continue }
        if ($application.Program -and $application.Program -ne 'Any' -and $application.Program -notlike '*\postgres.exe') { continue }
        $service = ($rule | Get-NetFirewallServiceFilter).Service
        if ($service -and $service -notin 'Any', '*' -and $service -notlike 'postgresql*') { continue }
        $from = ($rule | Get-NetFirewallAddressFilter).RemoteAddress -join ', '
        if ("$($rule.Action)" -eq 'Block') {
          Write-Warning "The rule '$($rule.DisplayName)' ($($rule.Name)) blocks port ${port} for $from and goes before every rule that allows."
        } else {
          Write-Warning "The rule '$($rule.DisplayName)' ($($rule.Name)) opens port ${port} for $from as well. It stays; Disable-NetFirewallRule takes it out of use."
        }
      }
    }
    Get-NetFirewallRule -Group $group -ErrorAction SilentlyContinue | Format-Table DisplayName, Enabled, Action
  `);
}
