import type { BundleFile } from '../../../core/index.ts';
import { openPreset, type Preset, presetProblem } from '../../features/plan/presets/presets.ts';
import { PATTERNS } from '../../features/plan/steps/pattern/patterns.ts';
import { announce } from '../../shared/browser/announce.ts';
import { at } from '../../shared/draft/at.ts';
import type { Draft } from '../../shared/draft/draft.ts';
import { type MessageId, sayCore, t, why } from '../../shared/messages/translate.ts';
import { fieldsOf } from '../../shared/navigation/fields.ts';
import { leadToFile } from '../../shared/navigation/file-place.ts';
import { leadTo } from '../../shared/navigation/lead-to.ts';
import { openEntry, usePlace, visit } from '../../shared/navigation/place.ts';
import { spotOf } from '../../shared/navigation/spots.ts';
import { groupsOf, STEPS } from '../../shared/navigation/steps.ts';
import { show, VIEWS, type View } from '../../shared/navigation/view.ts';
import { openOverlay } from '../overlay.ts';

export type Kind = 'screen' | 'step' | 'pattern' | 'example' | 'field' | 'entry' | 'setting' | 'file';

/** Something that the palette leads to. */
export interface Item {
  readonly id: string;
  readonly kind: Kind;
  readonly label: string;
  /** Where it is, or what it is set to. */
  readonly detail: string;
  /** Other words that find it. */
  readonly words: string;
  readonly go: () => void;
}

/** Everything that the palette offers for a draft and the files generated from it. */
export function itemsOf(draft: Draft, files: readonly BundleFile[], presets: readonly Preset[] = []): readonly Item[] {
  return [
    ...screens(),
    ...steps(draft),
    ...patterns(),
    ...examples(presets),
    ...fields(draft),
    ...entries(draft),
    ...settings(files),
    ...filesOf(files),
  ];
}

/** What a screen has besides, which people look for by its own name. */
const PARTS: { readonly [V in View]?: readonly MessageId[] } = {
  audit: ['upgrade.title', 'cis.title', 'migration.title.scram', 'migration.title.tls'],
};

/** Names that people search for and that no label has. They are the same in every language. */
const ALIASES: { readonly [name in View | MessageId]?: string } = {
  audit: 'pg_hosts.conf SNI RADIUS',
  'client.auth': 'SSO single sign-on OIDC OpenID Connect',
  'oauth.issuer': 'SSO single sign-on OIDC OpenID Connect',
  'security.certificate': 'SNI pg_hosts.conf',
};

const screens = (): Item[] => [
  ...VIEWS.map(
    (view): Item => ({
      id: `screen-${view}`,
      kind: 'screen',
      label: t(`views.${view}`),
      detail: '',
      words: [view, ...(PARTS[view] ?? []).map((id) => t(id)), ALIASES[view] ?? ''].join(' '),
      go: () => show({ view, page: null }),
    }),
  ),
  {
    id: 'screen-help',
    kind: 'screen',
    label: t('keys.title'),
    detail: '',
    words: '',
    go: () => openOverlay('help'),
  },
];

const steps = ({ network: { pattern } }: Draft): Item[] =>
  STEPS.flatMap((step) =>
    groupsOf(step, pattern).map(
      (group): Item => ({
        id: `step-${step}-${group}`,
        kind: 'step',
        label: t(`group.${group}`),
        detail:
          groupsOf(step, pattern).length > 1 && t(`group.${group}`) !== t(`step.${step}`) ? t(`step.${step}`) : '',
        words: t(`group.${group}.title`),
        go: () => visit({ step, group }),
      }),
    ),
  );

/** Each leads to the choice, because another pattern changes many answers. */
const patterns = (): Item[] =>
  PATTERNS.map((pattern) => ({
    id: `pattern-${pattern}`,
    kind: 'pattern',
    label: t(`pattern.${pattern}`),
    detail: t('step.pattern'),
    words: t(`pattern.${pattern}.about`),
    go: () => leadTo('network.pattern'),
  }));

/** Each opens as a plan of its own. */
const examples = (presets: readonly Preset[]): Item[] =>
  presets.map((preset) => ({
    id: `example-${preset.id}`,
    kind: 'example',
    label: preset.title,
    detail: t(`pattern.${preset.pattern}`),
    words: `${preset.summary} ${t('group.presets')}`,
    go: () => void openPreset(preset).catch((error: unknown) => announce(presetProblem(preset, error))),
  }));

/** The name of the screen that has the answer. */
function screenOf(path: string, { network: { pattern } }: Draft): string {
  const { step, group } = spotOf(path, pattern);
  const [own, outer] = [t(`group.${group}`), t(`step.${step}`)];
  return own === outer ? own : `${outer} › ${own}`;
}

/** The entry that is open in a list, or the first. */
const openIn = (list: string): number => Math.max(0, usePlace.getState().open[list] ?? 0);

const LISTS = [
  'clients',
  'network.peers',
  'network.replicas',
  'administration.people',
  'administration.services',
  'security.hostCertificates',
];
const nameAt = (draft: Draft, path: string): string => String(at(draft, `${path}.name`) ?? '');

function fields(draft: Draft): Item[] {
  return fieldsOf(draft, openIn).map(([path, question]) => {
    const entry = LISTS.map((list) => `${list}.${openIn(list)}`).find((one) => path.startsWith(`${one}.`));
    const place = screenOf(path, draft);
    return {
      id: `field-${question}`,
      kind: 'field',
      label: t(question),
      detail: entry === undefined ? place : `${place} › ${nameAt(draft, entry)}`,
      words: `${why(question)} ${ALIASES[question] ?? ''}`,
      go: () => leadTo(path),
    };
  });
}

const entries = (draft: Draft): Item[] =>
  LISTS.flatMap((list) => {
    const found = at(draft, list);
    if (!Array.isArray(found)) return [];
    return found.map(
      (_, index): Item => ({
        id: `entry-${list}-${index}`,
        kind: 'entry',
        label: nameAt(draft, `${list}.${index}`),
        detail: screenOf(list, draft),
        words: '',
        go: () => {
          openEntry(list, index);
          leadTo(`${list}.${index}.name`);
        },
      }),
    );
  });

/** Each setting of the generated postgresql.conf leads to the answer that decides its value. */
const settings = (files: readonly BundleFile[]): Item[] =>
  files
    .filter(({ language, machine }) => language === 'conf' && machine === 'database-server')
    .flatMap(({ path, content, notes }) =>
      content.split('\n').flatMap((line, index): Item[] => {
        const [, name, value] = /^([a-z_][a-z0-9_.]*) *= *('(?:[^'\\]|\\.|'')*'|[^#]*)/.exec(line) ?? [];
        if (name === undefined || value === undefined) return [];
        const note = notes.find(({ from, to }) => from <= index + 1 && index + 1 <= to);
        return [
          {
            id: `setting-${path}-${index}`,
            kind: 'setting',
            label: name,
            detail: value.trim(),
            words: `${path} ${name.replaceAll('_', ' ')}`,
            go: () => (note ? leadTo(note.path) : leadToFile(path)),
          },
        ];
      }),
    );

const filesOf = (files: readonly BundleFile[]): Item[] =>
  files.map(({ path, machine, titleMessage, target }) => ({
    id: `file-${path}`,
    kind: 'file',
    label: path,
    detail: sayCore(titleMessage),
    words: `${t(`machine.${machine}`)} ${target ?? ''}`,
    go: () => leadToFile(path),
  }));

/**
 * The items that contain every word of the query, in any order. Those whose label begins with the query come first, then
 * those with all words in the label; within a rank the order stays. An empty query finds the screens and steps.
 */
export function matching(items: readonly Item[], query: string): readonly Item[] {
  const whole = query.trim().toLowerCase();
  const words = whole.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return items.filter(({ kind }) => kind === 'screen' || kind === 'step');
  const ranked = items.flatMap((item) => {
    const label = item.label.toLowerCase();
    const all = `${label} ${item.detail} ${item.words}`.toLowerCase();
    if (!words.every((word) => all.includes(word))) return [];
    const rank = label.startsWith(whole)
      ? 0
      : label.includes(whole)
        ? 1
        : words.every((word) => label.includes(word))
          ? 2
          : 3;
    return [{ item, rank }];
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ item }) => item);
}
