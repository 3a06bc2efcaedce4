import { differentPlans, tryFirewall } from './firewall.ts';

// Beside the widest preset, one for each platform other than Debian.
tryFirewall('iptables', differentPlans('office-vpn-internet', 'payroll-mutual-tls', 'docker-host'));
