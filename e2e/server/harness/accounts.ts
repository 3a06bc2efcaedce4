import { chownSync, mkdirSync, writeFileSync } from 'node:fs';

/** An operating system account inside the namespace. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

const account = (name: string, uid: number): Account => ({ name, uid, gid: uid, home: `/run/postern/home/${uid}` });

/** An unrelated account: runs psql and the scripts of `your machine`. */
export const visitor = account('visitor', 5433);

const known = new Map([['visitor', visitor]]);
let next = 5440;

/** The account with that name, created if necessary; `peer` compares the name, so it has to be the plan's own. */
export function accountNamed(name: string): Account {
  const present = known.get(name);
  if (present) return present;
  const made = account(name, name === 'postgres' ? 5432 : next++);
  known.set(name, made);
  writeAccounts();
  return made;
}

const members = new Map<string, string[]>();

/** Makes an account a member of a group with that name. */
export function join(member: Account, group: string): void {
  members.set(group, [...(members.get(group) ?? []), member.name]);
  writeAccounts();
}

/** The namespace's own /etc/passwd and /etc/group (places.ts): they contain no account of the machine. */
function writeAccounts(): void {
  const all = [...known.values()];
  for (const { home, uid, gid } of all) {
    mkdirSync(home, { recursive: true });
    chownSync(home, uid, gid);
  }
  const passwd = all.map(({ name, uid, gid, home }) => `${name}:x:${uid}:${gid}::${home}:/bin/bash\n`);
  const group = all.map(({ name, gid }) => `${name}:x:${gid}:\n`);
  const groups = [...members].map(([name, list], index) => `${name}:x:${6000 + index}:${list.join(',')}\n`);
  const sshd = 'sshd:x:74:65534::/run/sshd:/usr/sbin/nologin\n';
  writeFileSync('/etc/passwd', `root:x:0:0::/root:/bin/bash\n${sshd}${passwd.join('')}`);
  writeFileSync('/etc/group', `root:x:0:\nadm:x:4:\nnogroup:x:65534:\n${group.join('')}${groups.join('')}`);
}
