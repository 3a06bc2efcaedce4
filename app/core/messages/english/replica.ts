export const replicaMessages = {
  'hbaEntry.stream.scram':
    'Replica {replica} streams as {role}, with a password over TLS. Only the keyword replication matches it.',
  'hbaEntry.stream.cert':
    'Replica {replica} streams as {role}, with a certificate. Only the keyword replication matches it.',
  'hbaEntry.stream.cert+scram':
    'Replica {replica} streams as {role}, with a certificate and a password. Only the keyword replication matches it.',
  'flow.stream': '{replica} streams from the primary.',
  'setting.walLevel':
    'Required for logical replication; the default is replica. The server writes slightly more WAL for updates and deletes.',
  'setting.walSenders':
    'Each replica streams on one connection and uses two while it is created. A subscription uses one, and two more for the first copy of its tables. apply.sh keeps a higher value.',
  'setting.replicationSlots':
    'One slot for each replica, up to three for each subscription, and some in reserve. apply.sh keeps a higher value.',
  'setting.walKeep':
    'Without slots the primary keeps this much WAL for a replica that falls behind. A replica that falls further behind must be created again.',
  'setting.slotKeep':
    'A slot retains all WAL that its replica has not read, until the disk is full and the primary stops. Above this limit the slot is invalidated and the replica must be created again.',

  'replica.primaryAddress': 'The replicas stream over the private network. Enter the private address of the server.',
  'replica.sameName': '{value} is the name of another server of this plan. Give each replica its own name.',
  'replica.sameAddress': '{value} is the address of another server of this plan. Give each replica its own address.',
  'replica.family':
    '{value} has no address of an address family that the private addresses of the server have. Add one.',
  'replica.superuser':
    'The replicas must not stream as the superuser {value}: its password would be stored on each of them. Choose a separate role.',
  'replica.role':
    '{value} is the role that the replicas stream as. It must have no other use: choose another name for one of the two.',
  'replica.socket': 'The local socket is that of the primary. Choose the primary, or change how the client connects.',

  'replica.sqlTitle': 'On the primary: a slot for each replica, and the lag of each replica.',
  'replica.sqlStatusTitle': 'On the primary: the lag of each replica.',
  'replica.sqlIntro': 'Run it after roles.sql, as the superuser, with psql. Safe to re-run.',
  'replica.slot': 'The slot of {replica}, which retains WAL that the replica has not read yet.',
  'replica.dropSlot':
    'If you remove a replica permanently, drop its slot immediately: it retains all further WAL, until the disk of the primary is full.',
  'replica.dropSlotNoLimit':
    'PostgreSQL {major} has no limit for the WAL that a slot retains. If you remove a replica permanently, drop its slot immediately: it retains all further WAL, until the disk of the primary is full. Monitor retained.',
  'replica.status': 'The replicas that stream, and their lag. A replica is missing here while it is not connected.',
  'replica.retained': 'The WAL that each slot retains on the disk of the primary.',

  'replica.hbaTitle': 'Who can connect to the replica {replica}.',
  'replica.hbaIntro':
    'It contains only the clients that use the replicas. After a promotion, the clients of the primary need their rules of the database server here as well.',
  'replica.settingsTitle': 'Settings of the replica {replica}.',
  'replica.settingsIntro':
    'Those of the primary with the addresses of this replica: a standby needs at least as many connections, senders and slots as its primary.',
  'replica.listen': 'The addresses of this replica.',
  'replica.identTitle': 'The user name map for the local socket of the replica {replica}.',
  'replica.conninfo':
    'The primary to stream from, and the role. The replica verifies the certificate of the primary for the name {host}; password and key are in files that only the server can read.',
  'replica.slotName': 'Its own slot on the primary.',
  'replica.recoveryTitle': 'Makes PostgreSQL 11 on {replica} a standby.',
  'replica.recoveryIntro':
    'make-standby.sh copies it into the data directory. PostgreSQL 12 and later have settings for this.',
  'replica.standby': 'It remains a standby once it has replayed all available WAL.',

  'replica.makeTitle': 'Creates the replica {replica} from the primary.',
  'replica.makeIntro':
    'Run it as root on the replica, with PostgreSQL installed, after roles.sql, the password of {role} if it has one, and replication.sql. An empty cluster, as a package creates it, is stopped on request and kept next to the copy. A cluster with data of its own is rejected, unless you stop it and add --replace. The copy requires disk space for the whole primary. Safe to re-run.',
  'replica.makeOwn':
    'Copy the files in the folder of this replica under certificates/machines/replicas of make-certificates.sh next to it first.',
  'replica.makeOther':
    'First copy a certificate for {replica} and its key to the paths in the settings. The name of the primary must resolve here.',
  'replica.makeCertificate':
    '{file}.crt and {file}.key, with which this replica logs in as {role}, must be next to it too, and nowhere else except on your machine.',
  'replica.makePlaces': 'Paths and account on this machine.',
  'replica.makeStopped':
    'A running server would write to the files that are being replaced, and a cluster with data is replaced only on request.',
  'replica.makeTls': 'The certificate of this replica, and the CA with which it verifies the primary.',
  'replica.makeProof':
    'The certificate with which this replica logs in to the primary. Only the server can read the key; run this script again to install a new pair.',
  'replica.makePassword':
    'The password is written to a file that only the server can read, never to a command line. With --new-password it is asked for again.',
  'replica.makeCopy':
    'The copy is created next to the old data and replaces it when it is complete. Tablespaces keep their paths, which must be empty here.',
  'replica.makeFiles': 'The files of this replica replace those from the copy or the package.',
  'replica.makeSettings': 'A standby must have at least the values of the primary, or it does not start.',
  'replica.makeEnd': 'What remains to be done.',
  'replica.undoTitle': 'Undoes make-standby.sh on {replica}.',
  'replica.undoIntro':
    'Run it as root with PostgreSQL stopped. It moves the copy aside and restores the old data. It does not run on a server that was promoted, because its data is then no longer a copy.',
  'replica.undoRun': 'Only the password and the key of this replica are deleted.',
  'replica.undoSlot': 'Then drop its slot on the primary, as described in replication.sql.',

  'finding.replica-failover': 'After a promotion, the clients of the primary cannot connect to the new primary.',
  'finding.replica-failover.why':
    'Each replica has only the rules of the clients that read from it, and no other replica can stream from it.',
  'finding.replica-failover.fix':
    'Keep a copy of the pg_hba.conf of the database server on the replicas. To promote: stop the old primary permanently, promote, install that file, reload, and point the name {host} to the new address.',
  'finding.replica-slot': 'A replica that was removed can fill the disk of the primary.',
  'finding.replica-slot.why': 'Its slot retains all WAL that it has not read. {limit}',
  'finding.replica-slot.fix':
    'Monitor the slots, as replication.sql shows, and drop the slot of a replica that you have removed permanently.',
  'finding.replica-firewall': 'The firewall of each replica is not part of this bundle.',
  'finding.replica-firewall.why': 'The plan has no firewall that is available for these replicas.',
  'finding.replica-firewall.fix': 'Open port {port} of the replicas only to {sources}, and SSH to the administrators.',
  'finding.replica-by-hand': 'On {platform} you have to create the replicas manually.',
  'finding.replica-by-hand.why':
    'The bundle contains their pg_hba.conf and the settings of the primary, but no script for this platform.',
  'finding.replica-by-hand.fix': 'Follow the PostgreSQL manual for pg_basebackup with -R, as the role {role} over TLS.',
  'finding.replica-no-clients': 'No client uses the replicas.',
  'finding.replica-no-clients.why': 'They stream, but no client can read from them.',
  'finding.replica-no-clients.fix': 'Choose the replicas for the clients that only read.',
  'replica.limit': 'Above max_slot_wal_keep_size, the slot is invalidated.',
  'replica.noLimit': 'PostgreSQL {major} has no limit for that.',
  'connections.spread':
    'The list contains all replicas; a driver tries them in turn. libpq before version 14 does not support prefer-standby, and before version 16 not load_balance_hosts: remove them there.',
  'connections.oneHost': 'node-postgres accepts one host. Create a pool for each replica: {hosts}.',
} as const;
