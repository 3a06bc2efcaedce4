import { linuxPlans, tryFirewall } from './firewall.ts';

// ufw takes a third of a second for each rule, so it is tested with a plan of each pattern and the widest of the
// presets.
tryFirewall(
  'ufw',
  linuxPlans.filter(({ name }) => name.startsWith('start of') || name === 'preset office-vpn-internet'),
);
