import { example } from '../own/example.ts';
import { HBA, isEmpty, textOf, useOwn } from '../own/store.ts';

/** What somebody makes of the example: the dead record moved up, the last one mended, and an office that grew too much. */
export function exampleOther(): void {
  const own = useOwn.getState();
  const mine = isEmpty(own) ? { ...example } : {};
  const other = textOf(example, HBA)
    .replace('192.0.2.0/24     md5', '192.0.0.0/16     scram-sha-256')
    .replace('10.8.0.5         scram', '10.8.0.5/32      scram')
    .replace(/^hostssl reports.*\n/m, '')
    .replace(
      /^host {4}all {7}all {8}0\.0\.0\.0.*$/m,
      'hostssl reports   +analysts  10.9.0.0/24      scram-sha-256\n$&',
    );
  useOwn.setState({ ...mine, other });
}
