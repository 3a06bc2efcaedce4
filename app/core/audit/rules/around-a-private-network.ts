import { mayDecide } from '../../hba-analysis/reachability.ts';
import { contains, type Prefix, parsePrefix, prefixText } from '../../net/prefix.ts';
import { isPrivate } from '../../net/private.ts';
import { networkOf, sourceText } from '../../postgres/hba/network.ts';
import { fixesOf } from '../fixes.ts';
import { recordText } from '../record-text.ts';
import { atRecord, type HbaRule } from '../rule.ts';

/** Private networks whose neighbors are public (RFC 1918, RFC 6598, RFC 3927), each with the /8 around it. */
const NEIGHBORHOODS = (
  [
    ['172.16.0.0/12', '172.0.0.0/8'],
    ['192.168.0.0/16', '192.0.0.0/8'],
    ['100.64.0.0/10', '100.0.0.0/8'],
    ['169.254.0.0/16', '169.0.0.0/8'],
  ] as const
).flatMap(([own, around]) => {
  const [meant, outer] = [parsePrefix(own), parsePrefix(around)];
  return meant && outer ? [{ meant, outer }] : [];
});

/** Larger than what one organization is likely to have among the neighbors of a private network. */
const LARGE = 16;

/** The private network that a network probably was meant to be, if it has public addresses around or beside it. */
function meantBy(network: Prefix): Prefix | undefined {
  if (network.family !== 4 || network.length > LARGE || isPrivate(network)) return undefined;
  return NEIGHBORHOODS.find(({ outer }) => contains(outer, network))?.meant;
}

export const aroundAPrivateNetwork: HbaRule = {
  id: 'around-a-private-network',
  severity: 'high',
  title: 'Public addresses next to a private network',
  why: 'Only 172.16.0.0/12 of 172.0.0.0/8 is private, and only 192.168.0.0/16 of 192.0.0.0/8. The rest belongs to other organizations on the internet, and every one of these addresses can attempt to log in.',
  wrong: 'hostssl app app 172.0.0.0/8 scram-sha-256',
  right: 'hostssl app app 172.16.0.0/12 scram-sha-256',
  references: [
    { title: 'RFC 1918, Address Allocation for Private Internets', url: 'https://www.rfc-editor.org/rfc/rfc1918' },
  ],
  near: true,
  *check({ hba, reach }) {
    const reached = reach();
    for (const [index, placed] of hba.records.entries()) {
      const known = networkOf(placed.record.address);
      const meant = known && meantBy(known);
      if (!known || !meant || placed.record.method === 'reject' || !mayDecide(reached[index])) continue;
      const around = contains(known, meant);
      yield atRecord(
        placed,
        around
          ? `${sourceText(placed.record)} contains ${prefixText(meant)}, which is private, and public addresses around it.`
          : `${sourceText(placed.record)} is public. Of this range, only ${prefixText(meant)} is private.`,
        ...(around
          ? fixesOf(recordText(hba, placed, { address: prefixText(meant) }), `Change to ${prefixText(meant)}`, {
              kind: 'stricter',
            })
          : []),
      );
    }
  },
};
