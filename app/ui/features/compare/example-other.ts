import { example } from '../../shared/server-files/example.ts';
import { HBA, isEmpty, textOf, useServerFiles } from '../../shared/server-files/store.ts';

/**
 * An edited version of the example: the unreachable record moved up, the last one fixed, and an office network that is
 * too large.
 */
export function exampleOther(): void {
  const userFiles = useServerFiles.getState();
  const mine = isEmpty(userFiles) ? { ...example } : {};
  const other = textOf(example, HBA)
    .replace('192.0.2.0/24     md5', '192.0.0.0/16     scram-sha-256')
    .replace('10.8.0.5         scram', '10.8.0.5/32      scram')
    .replace(/^hostssl reports.*\n/m, '')
    .replace(
      /^host {4}all {7}all {8}0\.0\.0\.0.*$/m,
      'hostssl reports   +analysts  10.9.0.0/24      scram-sha-256\n$&',
    );
  useServerFiles.setState({ ...mine, other });
}
