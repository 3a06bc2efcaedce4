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
      source: { title: 'firewall-cmd(1)', url: 'https://firewalld.org/documentation/man-pages/firewall-cmd.html' },
    },
    {
      text: 'Policies with a negative priority are asked before zones, those with a positive one after.',
      source: {
        title: 'firewalld.policies(5)',
        url: 'https://firewalld.org/documentation/man-pages/firewalld.policies.html',
      },
    },
  ],
};
