import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { differences, machine } from '../../../scripts/lib/machine.mjs';
import { must } from '../harness/command.ts';
import { inNamespace } from '../harness/namespace.ts';
import { own } from '../harness/places.ts';
import { until } from '../harness/until.ts';

const FILE = '/etc/postern-machine-test';

/** What a careless test could do to a machine, here to the namespace that represents it, and how it is restored. */
const changes = [
  {
    what: 'a rule of its packet filter',
    part: 'packet filter',
    make: () => {
      must('nft', ['add', 'table', 'inet', 'stray']);
    },
    undo: () => {
      must('nft', ['delete', 'table', 'inet', 'stray']);
    },
  },
  {
    what: 'a network interface',
    part: 'network',
    make: () => {
      must('ip', ['link', 'add', 'stray0', 'type', 'veth', 'peer', 'name', 'stray1']);
    },
    undo: () => {
      must('ip', ['link', 'del', 'stray0']);
    },
  },
  {
    what: 'a rule of its routing',
    part: 'network',
    make: () => {
      must('ip', ['rule', 'add', 'pref', '77', 'lookup', 'main']);
    },
    undo: () => {
      must('ip', ['rule', 'del', 'pref', '77']);
    },
  },
  {
    what: 'a setting of its kernel',
    part: 'kernel settings',
    make: () => {
      must('sysctl', ['-q', '-w', 'net.ipv4.ip_nonlocal_bind=1']);
    },
    undo: () => {
      must('sysctl', ['-q', '-w', 'net.ipv4.ip_nonlocal_bind=0']);
    },
  },
  {
    what: 'what is in a file of /etc',
    part: '/etc',
    make: () => writeFileSync(FILE, 'changed'),
    undo: () => writeFileSync(FILE, 'as it was'),
  },
  {
    what: 'the mode of a file of /etc',
    part: '/etc',
    make: () => chmodSync(FILE, 0o666),
    undo: () => chmodSync(FILE, 0o644),
  },
  {
    what: 'a mount',
    part: 'mounts',
    make: () => {
      must('mount', ['-t', 'tmpfs', 'stray', '/mnt']);
    },
    undo: () => {
      must('umount', ['/mnt']);
    },
  },
] as const;

describe.skipIf(!inNamespace)('the snapshots of the machine before and after the tests', () => {
  beforeAll(() => {
    writeFileSync(FILE, 'as it was');
    chmodSync(FILE, 0o644);
  });

  it('are equal when nothing was done', async () => {
    expect(differences(await machine(), await machine())).toEqual([]);
  });

  it.each(changes)('detect $what, and that it was restored', async ({ part, make, undo }) => {
    const before = await machine();
    make();
    const changed = differences(before, await machine());
    undo();
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.filter((line) => !line.startsWith(`${part}: `))).toEqual([]);
    expect(differences(before, await machine())).toEqual([]);
  });

  describe('with a service that was left running', () => {
    const program = `${own}/haproxy`;
    let started: number | undefined;
    afterAll(() => {
      if (started !== undefined) process.kill(started);
    });

    it('reports it', async () => {
      copyFileSync('/bin/sleep', program);
      chmodSync(program, 0o755);
      const before = await machine();
      // Its shell ends, so that it becomes a child of the init process, as services are.
      const shell = spawn('sh', ['-c', `${program} 300 >/dev/null 2>&1 & echo $!`], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      for await (const text of shell.stdout) started = Number(String(text).trim());
      const found = async () => differences(before, await machine());
      await until('the service is noticed', async () => (await found()).length > 0);
      expect(await found()).toEqual([`services: new: haproxy, process ${started}`]);
    });
  });
});
