import { type Message, say } from '../../../messages/message.ts';
import type { AccessModel } from '../../../model/model.ts';
import type { Auth } from '../../../plan/schema.ts';
import { type Sh, sh, shWord } from '../../../quote/sh.ts';

/** A step of the guide that no file of the bundle performs. */
export interface Step {
  readonly title: Message;
  readonly text: Message;
  readonly commands: readonly Sh[];
}

/**
 * How the server trusts the directory servers that check its passwords. libldap reads its own configuration
 * (ldap.conf(5)); PostgreSQL has no setting for the CA.
 */
export function directorySteps({ plan, platform }: AccessModel): Step[] {
  if (platform.platform === 'windows' || platform.platform === 'docker') return [];
  const tests = plan.clients.flatMap(({ auth }): Sh[] => {
    if (auth.method !== 'ldap' || auth.tls === 'none') return [];
    return [sh`sudo -u ${shWord(platform.osUser)} ldapsearch ${reaching(auth)} -s base -b ''`];
  });
  const file = platform.platform === 'rhel' ? '/etc/openldap/ldap.conf' : '/etc/ldap/ldap.conf';
  const binds = plan.clients.flatMap(({ auth }): Sh[] => {
    if (auth.method !== 'ldap' || auth.bind.kind !== 'search' || auth.bind.bindDn === null) return [];
    return [sh`sudo -u ${shWord(platform.osUser)} ldapwhoami ${reaching(auth)} -D ${shWord(auth.bind.bindDn)} -W`];
  });
  return [
    ...(tests.length === 0
      ? []
      : [{ title: say('guide.ldapCaTitle'), text: say('guide.ldapCa', { file }), commands: [...new Set(tests)] }]),
    ...(binds.length === 0
      ? []
      : [{ title: say('guide.ldapBindTitle'), text: say('guide.ldapBind'), commands: [...new Set(binds)] }]),
  ];
}

/** How the OpenLDAP tools connect to the server as PostgreSQL does: a simple bind, encrypted or not. */
function reaching({ server, port, tls }: Extract<Auth, { method: 'ldap' }>): Sh {
  const scheme = tls === 'ldaps' ? 'ldaps' : 'ldap';
  const start = tls === 'starttls' ? sh` -ZZ` : sh``;
  return sh`-x${start} -H ${shWord(`${scheme}://${server}:${port}`)}`;
}
