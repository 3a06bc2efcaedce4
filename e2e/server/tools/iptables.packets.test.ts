import { must } from '../harness/command.ts';
import { inNamespace } from '../harness/namespace.ts';
import { runScript, tryPackets, version } from './packets.ts';

tryPackets({
  target: 'iptables',
  kind: 'iptables',
  others: true,
  files: ['iptables.sh'],
  judgedBy: inNamespace ? version('iptables', ['--version']) : 'iptables',
  use: (script) => runScript(script('iptables.sh'), 'iptables.sh'),
  clear: () => {
    for (const tool of ['iptables', 'ip6tables']) {
      must(tool, ['-F']);
      must(tool, ['-X']);
    }
  },
});
