// @vitest-environment happy-dom
import { within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { importFiles } from '../../../core/index.ts';
import { t } from '../../shared/messages/translate.ts';
import { screen, show } from '../../shared/testing/component.tsx';
import { isUntouched, Left, Untouched } from './Lines.tsx';

const { left } = importFiles({
  hba: 'host all all all reject\nhost all all 10.0.0.0/8 md5\nhost all all 10.0.0.1 md5\n',
  conf: "shared_buffers = 4GB\nwork_mem = '64MB'\nport = 5432\nport = 5433\nshared_bufers = 1GB\nssl_min_protocol_version = TLSv1.1\n",
  major: 18,
});

it('settings that the plan does not manage are no errors', () => {
  const untouched = left.filter(isUntouched);
  expect(untouched.map(({ text }) => text)).toEqual(['shared_buffers = 4GB', "work_mem = '64MB'"]);
  show(<Untouched lines={untouched} />);
  const section = screen.getByRole('region', { name: t('import.untouched', { count: 2 }) });
  expect(within(section).getAllByRole('listitem')).toHaveLength(2);
  expect(section.querySelector('.text-deny')).toBeNull();
});

it('of the lines that are left out, only those that lose something or are invalid look like errors', () => {
  show(<Left lines={left.filter((line) => !isUntouched(line))} />);
  const iconOf = (text: string) => {
    const row = screen.getAllByRole('row').find((one) => one.textContent?.includes(text));
    return /text-(deny|caution|muted)/.exec(row?.querySelector('svg')?.getAttribute('class') ?? '')?.[1];
  };
  expect(iconOf('10.0.0.0/8 md5')).toBe('muted');
  expect(iconOf('port = 5432')).toBe('muted');
  expect(iconOf('TLSv1.1')).toBe('caution');
  expect(iconOf('shared_bufers')).toBe('deny');
  expect(iconOf('10.0.0.1 md5')).toBe('deny');
});

it('nothing is shown where every setting is in the plan', () => {
  show(<Untouched lines={[]} />);
  expect(screen.queryByRole('region')).toBeNull();
});
