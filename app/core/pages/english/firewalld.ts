import type { TargetPage } from '../page.ts';

export const firewalldPage: TargetPage = {
  id: 'firewalld',
  title: 'firewalld',
  summary: 'A policy for the PostgreSQL port that is asked before every zone.',
  does: [
    'SSH of the administrators is accepted first, then the clients to the addresses that they use, in both families; everyone else is dropped at this port.',
    'Zones stay as they are. One that opens PostgreSQL counts no longer for it.',
  ],
  doesNot: [
    'Put sources into a zone: a source belongs to one zone, which would then decide about its SSH as well.',
    'Hold back many connections from one address; a table beside it does, where the plan has a limit.',
    'Work before firewalld 0.9, which knows no policies.',
  ],
  undo: ['sudo bash database-server/firewall/firewalld-undo.sh'],
  pitfalls: [
    {
      text: 'A reload keeps what is written and forgets what was added for the moment; the script keeps a copy of that.',
      source: {
        title: 'firewall-cmd(1)',
        url: 'https://manpages.debian.org/bookworm/firewalld/firewall-cmd.1.en.html',
      },
    },
    {
      text: 'Of several policies for the same traffic the one with the lower number is asked first, so one of yours below ours decides before it.',
      source: {
        title: 'Red Hat Enterprise Linux 10, Using priorities to sort policies',
        url: 'https://docs.redhat.com/en/documentation/red_hat_enterprise_linux/10/html/configuring_firewalls_and_packet_filters/using-priorities-to-sort-policies',
      },
    },
  ],
};
