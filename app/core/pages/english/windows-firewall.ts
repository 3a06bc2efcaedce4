import { file, says, test, vendor } from '../../source.ts';
import type { TargetPage } from '../page.ts';

const ours = file('app/core/bundle/firewall/windows.ts');
const windowsRules = vendor(
  'Microsoft, Windows Firewall rules',
  'https://learn.microsoft.com/en-us/windows/security/operating-system-security/network-security/windows-firewall/rules',
);

export const windowsFirewallPage: TargetPage = {
  id: 'windows-firewall',
  title: 'Windows Defender Firewall',
  summary: 'A dedicated rule group for the PostgreSQL port, created with PowerShell.',
  does: [
    ...says(
      test('e2e/server/tools/windows.test.ts'),
      "Allows the plan's clients, IPv4 and IPv6, each to the addresses that they use; by default the firewall blocks inbound traffic that no rule allows.",
    ),
    ...says(
      ours,
      "When you run it again after the plan changed, it creates the new rules before it removes the earlier ones, and doesn't touch rules of other groups.",
      'Lists other rules that open or block the port: those that Windows or an installer created for postgres.exe, and any for the port itself.',
      'Reports where the firewall is off, allows inbound traffic by default, or ignores local rules because of a group policy.',
    ),
  ],
  doesNot: [
    ...says(
      ours,
      'Change or disable a rule that someone else created: what such a rule opens stays open until you disable it.',
      'Affect Remote Desktop, SSH or any other port, or turn the firewall on.',
    ),
    ...says(windowsRules, "Limit new connections: this firewall can't count them."),
    ...says(ours, 'Protect a bastion or a gateway, whose files are for Linux: choose their firewall there.'),
  ],
  undo: says(ours, 'powershell -ExecutionPolicy Bypass -File database-server\\firewall\\windows-firewall-undo.ps1'),
  pitfalls: [
    ...says(
      windowsRules,
      'A block rule takes precedence over every allow rule, whatever their order.',
      'When a program listens for the first time, Windows may ask whether to allow it, and creates a rule for the whole program.',
    ),
    ...says(
      vendor(
        'Microsoft, Remove-NetFirewallRule',
        'https://learn.microsoft.com/en-us/powershell/module/netsecurity/remove-netfirewallrule',
      ),
      'Remove-NetFirewallRule without a name removes every rule on the machine.',
    ),
  ],
};
