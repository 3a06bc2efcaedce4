import { addressText } from '../../../net/prefix.ts';
import { numericAddress } from '../../../postgres/hba/address.ts';
import { sh, shWord } from '../../../quote/sh.ts';
import type { Cause } from '../cause.ts';
import { checkOnServer, narrowRule } from '../command.ts';

export const hostNameDisagrees: Cause = {
  id: 'host-name-disagrees',
  layer: 'record',
  title: "A rule with a host name doesn't match, because DNS disagrees with itself",
  explanation:
    "For a rule with a host name, the server looks up the name of the client's address, and then the addresses of that name. The client's address must be among them. Here it isn't, so the rule is skipped.",
  fix: "Make the PTR record of the client's address and the A or AAAA record of that name agree, or name the network in the rule instead.",
  commands: (facts) => {
    const address = facts.address === undefined ? undefined : numericAddress(facts.address);
    return address === undefined
      ? []
      : [checkOnServer(sh`getent hosts ${shWord(addressText(address))}`), ...narrowRule(facts)];
  },
  check:
    'On the server, `getent hosts ADDRESS` returns the name, and `getent ahosts NAME` returns the address. With an address in the rule, no lookup is needed.',
  otherwise:
    'If no rule has a host name, the DETAIL line is missing, or says `forward lookup not checked` where log_hostname is on.',
  couldBe: [],
  wordings: [
    'forward lookup does not match',
    'forward lookup not checked',
    'could not translate client host name',
    'could not resolve client IP address to a host name',
  ],
  examples: ['DETAIL:  Client IP address resolved to "x.example.com", forward lookup does not match.'],
  references: [
    {
      title: 'PostgreSQL manual, The pg_hba.conf File',
      url: 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
    },
  ],
};
