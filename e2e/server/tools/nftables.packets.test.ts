import { must } from '../harness/command.ts';
import { inNamespace } from '../harness/namespace.ts';
import { runScript, tryPackets, version } from './packets.ts';

tryPackets({
  target: 'nftables',
  kind: 'nftables',
  others: true,
  files: ['postern.nft', 'nftables.sh'],
  judgedBy: inNamespace ? version('nft', ['--version']) : 'nft',
  use: (script) => runScript(script('nftables.sh'), 'nftables.sh'),
  clear: () => must('nft', ['flush', 'ruleset']),
});
