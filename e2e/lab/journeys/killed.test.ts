import { afterAll, describe, expect, it } from 'vitest';
import { amount } from '../../server/harness/amount.ts';
import { inNamespace } from '../../server/harness/namespace.ts';
import { access, rolesOf } from './access.ts';
import { addGuest, guestLogsIn } from './guest.ts';
import { Journey } from './journey.ts';
import { missingRoot } from './roots.ts';
import { unfinished } from './rows.ts';

/** How often apply.sh is killed; e2e/lab/rollout kills it before each of many commands, without an init. */
const KILLS = amount(3);

let journey: Journey | undefined;
afterAll(async () => journey?.end());

describe.skipIf(!inNamespace)('apply.sh, killed on a booted Debian', () => {
  const missing = missingRoot(unfinished.suite);
  it.skipIf(missing)(missing ? `${unfinished.name} (${missing})` : unfinished.name, async () => {
    const { port } = unfinished.plan.server;
    journey = new Journey(unfinished);
    const { host, unlisted, readme } = journey;
    await host.boot();
    await journey.install();
    await addGuest(host, port);
    await journey.follow(readme.filter(({ section }) => section === 'Your own machine'));
    const original = await access(host, port);
    const asBefore = async (when: string) => {
      expect(await access(host, port, rolesOf(original)), when).toEqual(original);
      expect(await guestLogsIn(host, port)).toBe('guest\n');
    };
    const undo = () => host.must('sudo bash database-server/apply.sh --undo');

    const began = performance.now();
    await host.must('sudo bash database-server/apply.sh');
    const seconds = (performance.now() - began) / 1000;
    await undo();
    await asBefore('undone without a confirmation');

    for (let kill = 0; kill < KILLS; kill += 1) {
      const after = (seconds * (kill + 0.5)) / KILLS;
      const when = `killed after ${after.toFixed(2)} of ${seconds.toFixed(2)} seconds`;
      unlisted.doing = when;
      await host.must(`setsid bash database-server/apply.sh &
sleep ${after.toFixed(2)}
kill -KILL -- -$! || true # it may have ended
wait || true`);
      if (kill % 2 === 0) {
        await undo();
      } else {
        await host.cut();
        await host.boot();
      }
      await asBefore(when);
    }
    expect(unlisted.accepted).toEqual([]);
  });
});
