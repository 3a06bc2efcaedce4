import type { TargetPage } from '../page.ts';

export const windowsFirewallPage: TargetPage = {
  id: 'windows-firewall',
  title: 'Windows Defender Firewall',
  summary: 'A group of rules of its own for the PostgreSQL port, made with PowerShell.',
  does: [
    'Allows the clients of the plan, IPv4 and IPv6, each to the addresses that they use; the firewall refuses by default what no rule allows.',
    'Run again after the plan changed, it makes the new rules before it takes the earlier ones away, and touches no rule of another group.',
    'Names other rules that open or block the port: those that Windows or an installer made for postgres.exe, and any for the port itself.',
    'Says where the firewall is off, lets in by default, or ignores local rules because of a group policy.',
  ],
  doesNot: [
    'Change or switch off a rule of somebody else: what such a rule opens stays open until you disable it.',
    'Touch Remote Desktop, SSH or any other port, or switch the firewall on.',
    'Limit new connections: this firewall cannot count them.',
    'Guard a bastion or a gateway, whose files are for Linux: choose their firewall there.',
  ],
  undo: ['powershell -ExecutionPolicy Bypass -File database-server\\firewall\\windows-firewall-undo.ps1'],
  pitfalls: [
    {
      text: 'A rule that blocks goes before every rule that allows, whatever their order.',
      source: {
        title: 'Microsoft, Windows Firewall rules',
        url: 'https://learn.microsoft.com/en-us/windows/security/operating-system-security/network-security/windows-firewall/rules',
      },
    },
    {
      text: 'When a program listens for the first time, Windows may ask whether to let it through, and makes a rule for the whole program.',
      source: {
        title: 'Microsoft, Windows Firewall rules',
        url: 'https://learn.microsoft.com/en-us/windows/security/operating-system-security/network-security/windows-firewall/rules',
      },
    },
    {
      text: 'Remove-NetFirewallRule without a name removes every rule of the machine.',
      source: {
        title: 'Microsoft, Remove-NetFirewallRule',
        url: 'https://learn.microsoft.com/en-us/powershell/module/netsecurity/remove-netfirewallrule',
      },
    },
  ],
};
