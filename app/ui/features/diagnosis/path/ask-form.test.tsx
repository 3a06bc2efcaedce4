// @vitest-environment happy-dom
import { act } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AskedProblem } from '../../../../core/index.ts';
import { t } from '../../../shared/messages/translate.ts';
import { useAsked } from '../../../shared/server-files/screen-state.ts';
import { screen, show } from '../../../shared/testing/component.tsx';
import { AskForm } from './AskForm.tsx';

function Form({ problems = [] }: { readonly problems?: readonly AskedProblem[] }) {
  return <AskForm asked={useAsked((state) => state.connection)} major={18} problems={problems} />;
}

const advanced = () => screen.getByText(t('field.more')).closest('details') as HTMLDetailsElement;
const set = (change: Partial<ReturnType<typeof useAsked.getState>['connection']>) =>
  act(() => useAsked.setState(({ connection }) => ({ connection: { ...connection, ...change } })));

beforeEach(() => useAsked.setState(useAsked.getInitialState()));

describe('the fields of a connection', () => {
  it('begin with role, database and source address, and the rest is under Advanced', () => {
    show(<Form />);
    const labels = [...document.querySelectorAll('form > *')].map((one) => one.textContent ?? '');
    expect(labels[0]).toContain(t('connection.user'));
    expect(labels[1]).toContain(t('connection.database'));
    expect(labels[2]).toContain(t('connection.address'));
    expect(labels).toHaveLength(4);
    expect(advanced().open).toBe(false);
    expect(advanced().contains(screen.getByRole('group', { name: t('connection.transport'), hidden: true }))).toBe(
      true,
    );
  });

  it.each([
    [{ encryption: 'none' }],
    [{ transport: 'local' }],
    [{ hostname: 'app1.example.com' }],
    [{ roles: ['readers'] }],
    [{ replication: true }],
  ] as const)('show Advanced when %j is filled in', (change) => {
    show(<Form />);
    set(change as Parameters<typeof set>[0]);
    expect(advanced().open).toBe(true);
  });

  it('show Advanced for a problem in it, but not for one of the first three', () => {
    const problem = (field: AskedProblem['field']): AskedProblem => ({
      field,
      message: { id: 'path.stray', text: 'wrong' } as unknown as AskedProblem['message'],
    });
    show(<Form problems={[problem('address')]} />);
    expect(advanced().open).toBe(false);
    show(<Form problems={[problem('to')]} />);
    expect(advanced().open).toBe(true);
  });

  it('say why there is no source address or database', () => {
    show(<Form />);
    set({ transport: 'local', replication: true });
    expect(screen.getByText(t('connection.address.local'))).toBeTruthy();
    expect(screen.getByText(t('connection.database.replication'))).toBeTruthy();
    expect(screen.queryByLabelText(t('connection.address'))).toBeNull();
  });
});
