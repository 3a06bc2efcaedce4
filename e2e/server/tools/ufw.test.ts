import { differentPlans, tryFirewall } from './firewall.ts';

// The widest of the presets: ufw takes a third of a second for each rule.
tryFirewall('ufw', differentPlans('office-vpn-internet'));
