import { linuxPlans, tryFirewall } from './firewall.ts';

tryFirewall('iptables', linuxPlans);
