// @vitest-environment happy-dom
import { beforeEach, expect, it } from 'vitest';
import { t } from '../../shared/messages/translate.ts';
import { useAsked } from '../../shared/server-files/screen-state.ts';
import { HBA, NOTHING, textOf, useServerFiles } from '../../shared/server-files/store.ts';
import { screen, show } from '../../shared/testing/component.tsx';
import { EmptySide } from './EmptySide.tsx';

const rule = 'local all all peer\n';
const missing = (name: string) => screen.queryByText(t('compare.state.empty', { name }));

beforeEach(() => {
  useServerFiles.setState({ ...NOTHING });
  useAsked.setState(useAsked.getInitialState());
});

it('names the missing side and the side that has a file', () => {
  show(<EmptySide own={rule} other={' \n'} generated={null} />);
  expect(screen.getByText(t('compare.empty.one'))).toBeTruthy();
  expect(missing(t('compare.second'))).toBeTruthy();
  expect(missing(t('compare.yours'))).toBeNull();
  expect(screen.getByText(t('compare.state.ready', { name: t('compare.yours') }))).toBeTruthy();
});

it('opens the missing file, or compares with the generated one', async () => {
  const user = show(<EmptySide own="" other="" generated={null} />);
  const file = new File([rule], 'pg_hba.conf');
  await user.upload(screen.getByLabelText(t('compare.openOwn'), { selector: 'input' }), file);
  await user.upload(screen.getByLabelText(t('compare.openOther'), { selector: 'input' }), file);
  await expect.poll(() => useServerFiles.getState().other).toBe(rule);
  expect(textOf(useServerFiles.getState(), HBA)).toBe(rule);
  await user.click(screen.getByRole('button', { name: t('compare.usePlan') }));
  expect(useAsked.getState().compare.against).toBe('plan');
});

it('offers examples while both sides are empty, and says so if the plan generates nothing', async () => {
  const user = show(<EmptySide own="" other="" generated={null} />);
  await user.click(screen.getByRole('button', { name: t('compare.tryExample') }));
  expect(useServerFiles.getState().other).toContain('scram-sha-256');
  show(<EmptySide own={rule} other={null} generated="" />);
  expect(screen.getByText(t('compare.noPlan'))).toBeTruthy();
  expect(screen.queryByRole('button', { name: t('compare.tryExample') })).toBeNull();
});
