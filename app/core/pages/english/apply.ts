import type { TargetPage } from '../page.ts';

export const applyPage: TargetPage = {
  id: 'apply',
  title: 'apply.sh and rollback.sh',
  summary: 'Puts the files of a machine in place, and takes them back unless you confirm.',
  does: [
    'Stands in the folder of the database server, of each replica, of the VPN gateway and of the bastion, where there is something to put in place.',
    'Shows the differences, and has the programs that read the files try them before anything changes: a throw-away PostgreSQL of the same programs and account, and sshd, nft, wg-quick and others in a private view of /etc.',
    'Switches all files of PostgreSQL at once: a server that starts at any moment finds the old set or the new one. Other files are renamed into place one by one, each whole at any moment.',
    'Asks pg_hba_file_rules and pg_file_settings, reloads or restarts as the settings need, and takes the change back when PostgreSQL or another program does not follow.',
    'Runs what of the test kit can run on the machine of the server, and takes the change back at once when it fails: the login of the superuser, the records of the plan, and the certificate that answers on each address which the machine carries.',
    'For a server in a container: changes the files in their volume, puts compose.postern.yaml beside compose.yaml, has a throw-away container of the same image and mounts try all of it, and lets Docker Compose make the container anew, on the way back too.',
    'Takes everything back when nobody confirms in time, by a timer of systemd and at the next boot; without systemd by a process of its own.',
    'Takes the firewall, the routes to a tunnel and the forwarding of a gateway into the same window: they come back exactly as they were, and those of others are not touched.',
    'Has strongSwan judge its file by loading it, since no program can try it first; when it refuses, the change is taken back.',
  ],
  doesNot: [
    'Run roles.sql, make keys or touch another machine: the README says how.',
    'Work on macOS or on Windows, or for a container whose files are not in a volume of this machine, as with Docker Desktop; their steps stand in the README.',
    'Ask from the machines of the clients: verify.sh does that, best before you confirm.',
    'End a tunnel of strongSwan that came up within the time, or bring back at once what the kernel forgets when it begins to forward: a default route from router advertisements comes with the next of them.',
    'Take back certificates that it installed: files of that name belong to Postern.',
    'Keep rules of firewalld that live only until its next reload, or rules of ufw that somebody adds while the time runs.',
  ],
  undo: ['sudo bash database-server/rollback.sh, and the same in the folder of each other machine'],
  pitfalls: [
    {
      text: 'docker compose up without the second file would make the container anew without it: name compose.yaml and compose.postern.yaml in every call, or in COMPOSE_FILE.',
      source: {
        title: 'Docker Compose, use multiple files',
        url: 'https://docs.docker.com/compose/how-tos/multiple-compose-files/merge/',
      },
    },
    {
      text: 'Docker starts a container as it was made last. After a power cut within the time its server may wait for files that are on their way back, until the unit of apply.sh has run.',
      source: {
        title: 'Docker, Start containers automatically',
        url: 'https://docs.docker.com/engine/containers/start-containers-automatically/',
      },
    },
    {
      text: 'A refused record usually has a line number and an error in pg_hba_file_rules and nothing else; on some the error is empty too, so the script looks for the missing type.',
      source: {
        title: 'PostgreSQL, pg_hba_file_rules',
        url: 'https://www.postgresql.org/docs/current/view-pg-hba-file-rules.html',
      },
    },
    {
      text: 'pg_reload_conf() says only that the signal was sent: a file that is refused stays out of force until the next start fails on it.',
      source: {
        title: 'PostgreSQL, Server Signaling Functions',
        url: 'https://www.postgresql.org/docs/current/functions-admin.html',
      },
    },
  ],
};
