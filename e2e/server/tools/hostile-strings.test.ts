import { describe, expect, it } from 'vitest';
import { defaultClient, defaultPlan, generate, type Plan, parsePlan } from '../../../app/core/index.ts';
import { everyCombination } from '../harness/amount.ts';
import { inNamespace } from '../harness/namespace.ts';
import { valid } from '../harness/plans.ts';
import { commandsOf, type Recorded, wasTouched } from '../harness/recording.ts';

/** What an attacker's link could put into a name to reach a root shell. */
const hostile = [
  '$(touch canary)',
  '`touch canary`',
  "'; touch canary; '",
  '"; touch canary; "',
  '; touch canary #',
  '| touch canary',
  '&& touch canary',
  "\\'; touch canary; '",
  '-flag',
  '--help',
  '# comment',
  '!history !!',
  '~root',
  '* ? [a-z]',
  '{a,b}',
  ['$', '{HOME}'].join(''),
  'RULES',
  '%s%n',
  'back\\',
  'quo"te',
  'naïve_日本',
];

/** A plan of the pattern in which every free name is `name(index)`: clients, their roles and databases, peers, the gateway. */
function planOf(
  pattern: Plan['network']['pattern'],
  platform: Plan['server']['platform'],
  kind: 'ufw' | 'iptables',
  name: (index: number) => string,
): unknown {
  const start = defaultPlan(pattern);
  const first = start.clients[0] ?? defaultClient('public');
  const network =
    start.network.pattern === 'vpn'
      ? {
          ...start.network,
          gateway: { ...start.network.gateway, name: name(0) },
          peers: hostile.map((_, index) => ({
            name: `peer ${name(index)}`,
            addresses: [`10.8.0.${10 + index}`],
            networks: [],
            endpoint: null,
            publicKey: null,
          })),
        }
      : start.network;
  return {
    ...start,
    title: name(0),
    notes: name(1),
    network,
    server: { ...start.server, platform },
    firewall: { ...start.firewall, kind },
    clients: hostile.map((_, index) => ({
      ...first,
      name: name(index),
      roles: [`role ${name(index)}`],
      databases: [`db ${name(index)}`],
      auth: { method: index % 2 === 0 ? 'scram' : 'cert+scram' },
    })),
  };
}

const plain = (index: number) => `plain${String(index).padStart(2, '0')}`;

const cases = (['direct', 'vpn', 'private', 'bastion'] as const)
  .flatMap((pattern) => [
    { pattern, platform: 'debian' as const, kind: 'ufw' as const },
    { pattern, platform: pattern === 'direct' ? ('docker' as const) : ('rhel' as const), kind: 'iptables' as const },
  ])
  .map((one, number) => ({ ...one, number }));

/** verify.sh runs for one name at a time, and is nearly the same in each case: each name is tried in two of the eight. */
const triedIn = (number: number, name: number) => everyCombination || name % 4 === number % 4;

describe.skipIf(!inNamespace).each(cases)(
  'scripts of a $pattern plan on $platform with $kind',
  ({ pattern, platform, kind, number }) => {
    // Lists refuse equal entries, so every name carries its number.
    const accepted = hostile.filter(
      (text) => parsePlan(planOf(pattern, platform, kind, (index) => `${text}${index}`)).ok,
    );
    const nameOf = (index: number) => `${accepted[index % accepted.length]}${index}`;

    it('pass every hostile name that the plan accepts as one word, and run none of it', async () => {
      expect(accepted.length).toBeGreaterThan(hostile.length / 2);
      const [ours, theirs] = [
        generate(valid(planOf(pattern, platform, kind, plain), 'the plain plan')).files,
        generate(valid(planOf(pattern, platform, kind, nameOf), 'the hostile plan')).files,
      ];
      const scripts = (files: typeof ours) => files.filter(({ language }) => language === 'sh');
      expect(scripts(theirs).length).toBe(scripts(ours).length);
      for (const [index, script] of scripts(ours).entries()) {
        const other = scripts(theirs)[index];
        // A script that contains no name of the plan is not tested.
        if (!other || other.content === script.content) continue;
        for (const [at, args] of argumentsFor(script.content).entries()) {
          if (args.length > 0 && !triedIn(number, at)) continue;
          if (reached(other.content) !== other.content) {
            await commandsOf(other.content, args, undefined);
            expect(wasTouched('canary'), `${other.path} ran a name before its test kit`).toBe(false);
          }
          const expected = await commandsOf(reached(script.content), args, undefined);
          const found = await commandsOf(reached(other.content), argumentsFor(other.content)[at] ?? [], undefined);
          expect(wasTouched('canary'), `${other.path} ran a name`).toBe(false);
          expect(expected.length, `${script.path} did nothing at all`).toBeGreaterThan(0);
          expect(shape(found, expected), `${other.path} ${args.join(' ')}`).toEqual(shape(expected, expected));
        }
      }
    });
  },
);

/** apply.sh reaches its checks, which alone contain names, only on a server: so the checks are called separately. */
function reached(script: string): string {
  const kit = /^test_kit\(\) \{$[\s\S]*?^\}$/m.exec(script)?.[0];
  if (!kit) return script;
  const ask = 'superuser=x addresses=()\ntell() { :; }\nask() { psql "$1"; [[ $1 != *current_user* ]] || echo x; }';
  return `${ask}\n${kit}\ntest_kit\n`;
}

/** verify.sh is run for each client that it lists; the others take no argument. */
function argumentsFor(script: string): string[][] {
  const listed = /one of:\\n'\n\s*printf '%s\\n' (.*)/.exec(script)?.[1];
  return listed ? listed.split(' ').map((name) => [name]) : [[]];
}

/**
 * What has to be the same, for any names in the plan: the commands, and every argument except those that contain a
 * name. Rules from the input are compared without their comments, which may contain names; serial numbers are random.
 */
function shape(commands: readonly Recorded[], plainCommands: readonly Recorded[]): string[][] {
  return commands.map((command, index) =>
    command.map((argument, at) => {
      if (argument.includes('*filter')) return argument.replace(/^#.*\n/gm, '');
      return plainCommands[index]?.[at]?.includes('plain')
        ? '(a name)'
        : argument.replace(/^0x[0-9a-f]{32}$|(?<=\/)[0-9a-f]{32}(?=\.crt(?:\.new)?$)/, '(drawn)');
    }),
  );
}
