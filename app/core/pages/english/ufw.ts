import type { TargetPage } from '../page.ts';

export const ufwPage: TargetPage = {
  id: 'ufw',
  title: 'ufw',
  summary: 'Rules for the PostgreSQL port of the database server, as plain ufw commands.',
  does: [
    'SSH of the administrators and of the session in which it runs is allowed before anything is refused.',
    'PostgreSQL is open for the networks of the clients, to the addresses that they use, in both families, and refused for everyone else.',
    "Run again after the plan changed, it takes its own earlier rules away and no one else's.",
  ],
  doesNot: [
    'Filter what Docker publishes: those packets never pass the chains of ufw. docker-user.sh does.',
    'Hold back many connections from one address: the limit of ufw is fixed at six in thirty seconds, too few for applications.',
    'Open any port but SSH, PostgreSQL and the tunnel: ufw refuses the others as soon as it is on.',
  ],
  undo: ['sudo bash database-server/firewall/ufw-undo.sh'],
  pitfalls: [
    {
      text: 'The first rule that matches decides, so an older "allow 5432" above a refusal keeps the port open.',
      source: { title: 'ufw(8)', url: 'https://manpages.ubuntu.com/manpages/noble/en/man8/ufw.8.html' },
    },
    {
      text: 'Published ports of containers are routed before ufw sees them.',
      source: {
        title: 'Docker, Packet filtering and firewalls',
        url: 'https://docs.docker.com/engine/network/packet-filtering-firewalls/',
      },
    },
  ],
};
