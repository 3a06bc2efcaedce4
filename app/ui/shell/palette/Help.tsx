import { X } from 'lucide-react';
import { Fragment } from 'react';
import { type MessageId, t } from '../../shared/messages/translate.ts';
import { useMac } from '../mac.ts';
import { closeOverlay } from '../overlay.ts';
import { setSingleKeys, useSingleKeys } from '../shortcuts.ts';
import { Modal } from './Modal.tsx';

interface Shortcut {
  readonly what: MessageId;
  /** Alternatives, each of them keys that are pressed together. */
  readonly keys: readonly (readonly string[])[];
}

interface Section {
  readonly title: MessageId;
  readonly shortcuts: readonly Shortcut[];
}

function sections(mac: boolean): readonly Section[] {
  const command = mac ? '⌘' : 'Ctrl';
  const alt = mac ? '⌥' : 'Alt';
  return [
    {
      title: 'keys.everywhere',
      shortcuts: [
        { what: 'keys.palette', keys: [[command, 'K']] },
        { what: 'keys.help', keys: [['?']] },
        { what: 'keys.undo', keys: [[command, 'Z']] },
        { what: 'keys.redo', keys: [[command, 'Shift', 'Z'], ...(mac ? [] : [[command, 'Y']])] },
        { what: 'keys.close', keys: [['Esc']] },
      ],
    },
    {
      title: 'keys.plan',
      shortcuts: [
        { what: 'keys.next', keys: [[alt, 'Page Down']] },
        { what: 'keys.previous', keys: [[alt, 'Page Up']] },
      ],
    },
    {
      title: 'keys.lists',
      shortcuts: [
        { what: 'keys.add', keys: [['Enter']] },
        { what: 'keys.removeLast', keys: [['Backspace']] },
        { what: 'keys.move', keys: [['←'], ['→']] },
        { what: 'keys.edit', keys: [['Enter']] },
        { what: 'keys.remove', keys: [['Delete']] },
      ],
    },
  ];
}

const close = () => closeOverlay('help');

/** The keyboard shortcuts. */
export default function Help() {
  const single = useSingleKeys(({ on }) => on);
  return (
    <Modal
      label={t('keys.title')}
      onClose={close}
      className="mt-[8dvh] max-h-[84dvh] w-[min(34rem,calc(100vw-1rem))] overflow-y-auto px-4 pb-4"
    >
      <div className="sticky top-0 -mx-4 flex items-center border-b border-line bg-surface px-4 py-2">
        <h2 className="text-lg font-semibold">{t('keys.title')}</h2>
        <button type="button" className="button-icon ml-auto" aria-label={t('keys.dismiss')} onClick={close}>
          <X aria-hidden className="size-5" />
        </button>
      </div>
      {sections(useMac()).map(({ title, shortcuts }) => (
        <section key={title} aria-labelledby={title} className="mt-4">
          <h3 id={title} className="mb-1 font-semibold">
            {t(title)}
          </h3>
          <dl className="divide-y divide-line border-y border-line">
            {shortcuts.map(({ what, keys }) => (
              <div key={what} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-1.5">
                <dt>{t(what)}</dt>
                <dd className="flex flex-wrap items-center gap-1">
                  {keys.map((together, index) => (
                    <Fragment key={together.join('+')}>
                      {index > 0 && <span className="text-muted">{t('keys.or')}</span>}
                      {together.map((key) => (
                        <Key key={key} name={key} />
                      ))}
                    </Fragment>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <label className="mt-4 flex gap-2">
        <input
          type="checkbox"
          className="mt-0.5 size-4 shrink-0"
          checked={single}
          onChange={(event) => setSingleKeys(event.target.checked)}
        />
        <span>
          {t('keys.single')}
          <span className="block text-muted">{t('keys.single.about')}</span>
        </span>
      </label>
    </Modal>
  );
}

export function Key({ name }: { readonly name: string }) {
  return <kbd className="rounded-sm border border-edge bg-raised px-1.5 font-mono text-xs">{name}</kbd>;
}
