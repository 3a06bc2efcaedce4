import type { TargetPage } from '../page.ts';

export const ufwPage: TargetPage = {
  id: 'ufw',
  title: 'ufw',
  summary:
    'Rules for the ports of the plan, as plain ufw commands: PostgreSQL, and the proxy or tunnel of other machines.',
  does: [
    'SSH of the administrators and of the session in which it runs is allowed before anything is refused.',
    'PostgreSQL is open for the networks of the clients, to the addresses that they use, in both families, and refused for everyone else.',
    'On a gateway where ufw was off, forwarding stays for its other rules to decide.',
    "Run again after the plan changed, it takes its own earlier rules away and no one else's.",
  ],
  doesNot: [
    'Filter what Docker publishes: those packets never pass the chains of ufw. docker-user.sh does.',
    'Hold back many connections from one address; a table beside it does, where the plan has a limit.',
    'Open any port but SSH and those of the plan: ufw refuses the others as soon as it is on.',
    'Narrow SSH of a replica, bastion or gateway: where ufw was off there, SSH stays open to everyone.',
  ],
  undo: ['sudo bash database-server/firewall/ufw-undo.sh'],
  pitfalls: [
    {
      text: 'The first rule that matches decides, so an older "allow 5432" above a refusal keeps the port open.',
      source: { title: 'ufw(8)', url: 'https://manpages.debian.org/bookworm/ufw/ufw.8.en.html' },
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
