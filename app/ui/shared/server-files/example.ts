import { CONF, HBA, type ServerFiles } from './store.ts';

/** A typical file that has grown over time: an unreachable record, a record that allows too much, a client without IPv6. */
const hba = `# TYPE  DATABASE  USER       ADDRESS          METHOD
local   all       postgres                    peer
local   all       all                         peer
host    all       all        127.0.0.1/32     scram-sha-256

# the office
host    all       all        192.0.2.0/24     md5
host    orders    app        192.0.2.17/32    scram-sha-256

# the application servers
hostssl orders    app        10.8.0.0/16      scram-sha-256
host    all       all        0.0.0.0/0        reject
hostssl reports   +analysts  10.9.0.0/24      scram-sha-256

# backups
host    replication  backup  10.8.0.5         scram-sha-256
`;

const conf = `#listen_addresses = 'localhost'
port = 5432
ssl = on
ssl_min_protocol_version = 'TLSv1.1'
password_encryption = md5
shared_bufers = 256MB
`;

export const example: Pick<ServerFiles, 'files' | 'major' | 'source'> = {
  major: 16,
  source: 'files',
  files: [
    { name: HBA, text: hba },
    { name: CONF, text: conf },
  ],
};
