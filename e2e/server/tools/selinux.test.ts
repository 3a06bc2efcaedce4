import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { defaultPlan, generate, type Plan } from '../../../app/core/index.ts';
import { fileAt } from '../harness/bundle.ts';
import { run } from '../harness/command.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own } from '../harness/places.ts';
import { valid } from '../harness/plans.ts';
import { place } from '../harness/writable.ts';

/** No kernel here enforces a policy: these scripts replace RHEL's programs and record their arguments in a file. */
const stand = `${own}/selinux`;
const ports = `${stand}/ports`;
const shipped = `http_cache_port_t              tcp      8080, 8118, 8123, 10001-10010
postgresql_port_t              tcp      5432, 9898
unreserved_port_t              tcp      61001-65535, 1024-32767
trivnet1_port_t                udp      6432
`;
const semanage = `#!/bin/bash
set -eu
[ "$1" = port ]; shift
case $1 in
  -l) cat ${ports} ;;
  -a) [ "$2 $3 $4 $5" = '-t postgresql_port_t -p tcp' ] && echo "added $6" >>${stand}/calls && sed -i "s/^postgresql_port_t .*tcp *.*/&, $6/" ${ports} ;;
  -d) [ "$2 $3 $4 $5" = '-t postgresql_port_t -p tcp' ] && echo "deleted $6" >>${stand}/calls && sed -i "/^postgresql_port_t/s/, $6\\b//" ${ports} ;;
esac
`;

const start = defaultPlan('direct');
const planFor = (port: number): Plan =>
  valid(
    { ...start, server: { ...start.server, platform: 'rhel', port }, firewall: { ...start.firewall, kind: 'none' } },
    `port ${port}`,
  );
const script = (port: number, name: string) => {
  const file = fileAt(generate(planFor(port)).files, `database-server/${name}`);
  place(`${stand}/${name}`, file.content, 0o755);
  return run('bash', [`${stand}/${name}`], { env: { PATH: `${stand}/bin:/usr/sbin:/usr/bin:/sbin:/bin` } });
};
const calls = () => (existsSync(`${stand}/calls`) ? readFileSync(`${stand}/calls`, 'utf8') : '');

describe.skipIf(!inNamespace)(
  'a port that is not the default one, where SELinux is on (stand-ins for its programs)',
  () => {
    beforeEach(() => {
      rmSync(stand, { recursive: true, force: true });
      rmSync('/var/lib/postern', { recursive: true, force: true });
      mkdirSync(`${stand}/bin`, { recursive: true });
      place(ports, shipped, 0o644);
      place(`${stand}/bin/selinuxenabled`, '#!/bin/sh\nexit 0\n', 0o755);
      place(`${stand}/bin/semanage`, semanage, 0o755);
    });

    it('is labeled once, and the undo removes the label', async () => {
      for (let turn = 0; turn < 2; turn++) {
        const { code, stderr } = await script(6432, 'selinux.sh');
        expect(code, stderr).toBe(0);
      }
      expect(calls()).toBe('added 6432\n');
      for (let turn = 0; turn < 2; turn++) expect((await script(6432, 'selinux-undo.sh')).code).toBe(0);
      expect(calls()).toBe('added 6432\ndeleted 6432\n');
      expect(readFileSync(ports, 'utf8')).toBe(shipped);
    });

    it('keeps a label that an administrator added, also after the undo', async () => {
      place(ports, shipped.replace('9898', '9898, 6432'), 0o644);
      expect((await script(6432, 'selinux.sh')).stdout).toContain('already');
      expect((await script(6432, 'selinux-undo.sh')).code).toBe(0);
      expect(calls()).toBe('');
    });

    it.each([8080, 10005])('%i belongs to another service and is refused', async (port) => {
      const { code, stderr } = await script(port, 'selinux.sh');
      expect(code).toBe(1);
      expect(stderr).toContain('http_cache_port_t');
      expect(calls()).toBe('');
    });

    it('changes nothing where SELinux is off', async () => {
      place(`${stand}/bin/selinuxenabled`, '#!/bin/sh\nexit 1\n', 0o755);
      expect((await script(6432, 'selinux.sh')).stdout).toContain('SELinux is disabled');
      expect(calls()).toBe('');
    });

    it('is not mentioned for the default port, nor on Debian', () => {
      const paths = (plan: Plan) => generate(plan).files.map(({ path }) => path);
      expect(paths(planFor(5432)).filter((path) => path.includes('selinux'))).toEqual([]);
      const debian = planFor(6432);
      expect(
        paths({ ...debian, server: { ...debian.server, platform: 'debian' } }).filter((path) =>
          path.includes('selinux'),
        ),
      ).toEqual([]);
    });
  },
);
