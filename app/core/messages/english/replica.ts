export const replicaMessages = {
  'grant.stream.scram':
    'Replica {replica} streams as {role}, with a password over TLS. Only the keyword replication matches it.',
  'grant.stream.cert':
    'Replica {replica} streams as {role}, with a certificate. Only the keyword replication matches it.',
  'grant.stream.cert+scram':
    'Replica {replica} streams as {role}, with a certificate and a password. Only the keyword replication matches it.',
  'flow.stream': '{replica} streams from the primary.',
  'setting.walSenders': 'Each replica streams on one connection, and takes two while it is being made.',
  'setting.replicationSlots': 'One slot for each replica, and some to spare.',
  'setting.walKeep':
    'Without slots the primary keeps this much for a replica that falls behind. One that falls behind further must be made anew.',
  'setting.slotKeep':
    'A slot keeps everything that its replica has not read, until the disk is full and the primary stops. Past this limit the slot is given up and the replica must be made anew.',

  'replica.primaryAddress': 'The replicas stream over the private network. Give the server its private address.',
  'replica.sameName': '{value} is the name of another server of this plan. Give each replica its own.',
  'replica.sameAddress': '{value} is the address of another server of this plan. Give each replica its own.',
  'replica.family': '{value} has no address of a family that the private addresses of the server have. Add one.',
  'replica.superuser':
    'The replicas must not stream as the superuser {value}: its password would lie on each of them. Choose a role of its own.',
  'replica.role':
    '{value} is the role that the replicas stream as. It must do nothing else: choose another name for one of the two.',
  'replica.socket': 'The local socket is the one of the primary. Choose the primary, or another way in.',

  'replica.sqlTitle': 'On the primary: a slot for each replica, and how far each of them is.',
  'replica.sqlStatusTitle': 'On the primary: how far each replica is.',
  'replica.sqlIntro': 'Run it after roles.sql, as the superuser, with psql. It can run again.',
  'replica.slot': 'The slot of {replica}, which keeps what it has not read yet.',
  'replica.dropSlot':
    'When a replica is gone for good, drop its slot at once: it keeps everything from then on, until the disk of the primary is full.',
  'replica.dropSlotNoLimit':
    'PostgreSQL {major} has no limit for what a slot keeps. When a replica is gone for good, drop its slot at once: it keeps everything from then on, until the disk of the primary is full. Watch retained.',
  'replica.status': 'Who streams, and how far behind. A replica is missing here while it is not connected.',
  'replica.retained': 'What each slot holds back on the disk of the primary.',

  'replica.hbaTitle': 'Who gets in on the replica {replica}.',
  'replica.hbaIntro':
    'It holds the clients that are given the replicas, and no other. After a promotion the clients of the primary need their records of the database server here as well.',
  'replica.settingsTitle': 'Settings of the replica {replica}.',
  'replica.settingsIntro':
    'Those of the primary with its own addresses: a standby must have at least the connections, senders and slots of its primary.',
  'replica.listen': 'The addresses of this replica.',
  'replica.identTitle': 'Who is who on the local socket of the replica {replica}.',
  'replica.conninfo':
    'Where it streams from, and as whom. It checks the certificate of the primary for the name {host}; password and key stand in files that only the server can read.',
  'replica.slotName': 'Its own slot on the primary.',
  'replica.recoveryTitle': 'What makes PostgreSQL 11 a standby on {replica}.',
  'replica.recoveryIntro': 'make-standby.sh puts it into the data directory. 12 and later have settings for this.',
  'replica.standby': 'It stays a standby after it has caught up.',

  'replica.makeTitle': 'Makes the replica {replica} from the primary.',
  'replica.makeIntro':
    'Run it as root on the replica, with PostgreSQL installed and stopped, after roles.sql, the password of {role} if it has one, and replication.sql. The data that is there is kept beside it. It needs room for a copy of the whole primary, and can be stopped and run again.',
  'replica.makeOwn': 'Before it, copy server certificate, key and ca.crt beside it, as make-certificates.sh says.',
  'replica.makeOther':
    'Before it, put a certificate for {replica} and its key where the settings name them. The name of the primary must resolve here.',
  'replica.makeCertificate':
    '{file}.crt and {file}.key, with which this replica logs in as {role}, stand beside it too, and nowhere else but on your machine.',
  'replica.makePlaces': 'Paths and account on this machine.',
  'replica.makeStopped': 'A running server would write to what is being replaced.',
  'replica.makeTls': 'The certificate of this replica, and the authority by which it knows the primary.',
  'replica.makeProof':
    'The certificate by which this replica logs in on the primary. The key is read by the server and nobody else; run this script again to put a new pair in place.',
  'replica.makePassword':
    'The password goes to a file that only the server reads, and to no command line. With --new-password it is asked again.',
  'replica.makeCopy':
    'The copy is made beside the old data and takes its place when it is complete. Tablespaces keep their paths, which must be empty here.',
  'replica.makeFiles': 'The files of this replica take the place of those that came with the copy or the package.',
  'replica.makeEnd': 'What is left to do.',
  'replica.undoTitle': 'Takes make-standby.sh back on {replica}.',
  'replica.undoIntro':
    'Run it as root with PostgreSQL stopped. It moves the copy aside and puts the old data back. It refuses on a server that was promoted, for its data is then no copy.',
  'replica.undoRun': 'Nothing is deleted but the password and the key of this replica.',
  'replica.undoSlot': 'Then drop its slot on the primary, as replication.sql says.',

  'finding.replica-failover': 'After a promotion, the clients of the primary are not let in on the new one.',
  'finding.replica-failover.why':
    'Each replica has the records of the clients that read from it, and of no other; and no other replica may stream from it.',
  'finding.replica-failover.fix':
    'Keep the pg_hba.conf of the database server at hand on the replicas. To promote: stop the old primary for good, promote, put the file there, reload, and lead the name {host} to the new address.',
  'finding.replica-slot': 'A replica that is gone fills the disk of the primary.',
  'finding.replica-slot.why': 'Its slot keeps everything that it has not read. {limit}',
  'finding.replica-slot.fix':
    'Watch the slots, as replication.sql shows, and drop the slot of a replica that does not come back.',
  'finding.replica-firewall': 'The firewall of each replica is not part of this bundle.',
  'finding.replica-firewall.why': 'The plan has no firewall that runs on these replicas.',
  'finding.replica-firewall.fix':
    'Open port {port} of the replicas to {sources} and nobody else, and SSH to the administrators.',
  'finding.replica-by-hand': 'On {platform} the replicas are made by hand.',
  'finding.replica-by-hand.why':
    'The bundle has their pg_hba.conf and the settings of the primary, and no script for this platform.',
  'finding.replica-by-hand.fix':
    'Follow the manual of PostgreSQL on pg_basebackup with -R, as the role {role} over TLS.',
  'finding.replica-no-clients': 'No client is given the replicas.',
  'finding.replica-no-clients.why': 'They stream, and nobody may read from them.',
  'finding.replica-no-clients.fix': 'Choose the replicas for the clients that only read.',
  'replica.limit': 'From max_slot_wal_keep_size on, the slot is given up.',
  'replica.noLimit': 'PostgreSQL {major} has no limit for that.',
  'connections.spread':
    'The list holds all replicas; a driver tries them in turn. libpq before 14 does not know prefer-standby, and before 16 not load_balance_hosts: leave them out there.',
  'connections.oneHost': 'node-postgres takes one host. Make a pool for each replica: {hosts}.',
} as const;
