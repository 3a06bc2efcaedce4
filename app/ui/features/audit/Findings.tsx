import { ListChecks, Wrench } from 'lucide-react';
import { memo, useState } from 'react';
import { type Fix, joinFixes, type MigrationGoal, worstFirst } from '../../../core/index.ts';
import type { Found, RuleText } from '../../../worker/engine.worker.ts';
import { t } from '../../shared/messages/translate.ts';
import { SourceLink } from '../../shared/navigation/SourceLink.tsx';
import type { ShownLine } from '../../shared/server-files/shown-line.ts';
import { looks } from '../../shared/severity/looks.ts';

interface Props {
  readonly findings: readonly Found[];
  readonly rules: ReadonlyMap<string, RuleText>;
  /** The files have changed since. */
  readonly outdated: boolean;
  /** Shown if there are no findings. */
  readonly clean: string;
  /** Whether a comment in the file can suppress them. */
  readonly canSilence?: boolean;
  readonly onShow: (line: ShownLine) => void;
  readonly onApplyFix: (fix: Fix) => void;
  /** Absent where no migration follows from a finding. */
  readonly onPlan?: (goal: MigrationGoal) => void;
}

/** The findings that a fix alone resolves only if no client depends on the old way. */
const GOALS: Readonly<Record<string, MigrationGoal>> = {
  'md5-method': 'scram',
  'md5-passwords': 'scram',
  'password-without-tls': 'tls',
};

/** Number of entries shown at once; a button shows more. */
const STEP = 60;

/** What the rules found, most severe first. Findings of one rule are one entry, with all its places. */
export function Findings({ findings, rules, outdated, clean, canSilence = false, ...actions }: Props) {
  const [count, setCount] = useState(STEP);
  if (findings.length === 0) return <p className="mt-3">{clean}</p>;
  const groups = grouped(findings.toSorted(worstFirst));
  return (
    <>
      <ul className={`mt-3 divide-y divide-line border-y border-line ${outdated ? 'opacity-80' : ''}`}>
        {groups.slice(0, count).map(({ key, members }) => (
          <Item key={key} members={members} rule={rules.get(members[0].id)} canSilence={canSilence} {...actions} />
        ))}
      </ul>
      {groups.length > count && (
        <button type="button" className="button mt-3" onClick={() => setCount(count + STEP)}>
          {t('audit.more', { rest: groups.length - count })}
        </button>
      )}
    </>
  );
}

/** Findings of one rule, at least one. */
type Members = readonly [Found, ...Found[]];

/** Groups in the order of their first findings. The rule names a group, so an open one stays open while others change. */
function grouped(findings: readonly Found[]): readonly { readonly key: string; readonly members: Members }[] {
  const groups = new Map<string, [Found, ...Found[]]>();
  for (const finding of findings) {
    const key = `${finding.id} ${finding.severity}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups].map(([key, members]) => ({ key, members }));
}

/** The fixes of all findings as one; undefined if they don't all have one, or can't be applied together. */
function fixOfAll(members: Members): Fix | undefined {
  const fixes = members.flatMap(({ fix }) => fix ?? []);
  return fixes.length < 2 || fixes.length < members.length ? undefined : joinFixes(fixes);
}

interface ItemProps extends Pick<Props, 'onShow' | 'onApplyFix' | 'onPlan'> {
  readonly members: Members;
  readonly rule: RuleText | undefined;
  readonly canSilence: boolean;
}

/** Every answer of the engine creates new objects, most of them with equal content. */
const sameItem = (a: ItemProps, b: ItemProps): boolean =>
  a.onShow === b.onShow && a.onApplyFix === b.onApplyFix && JSON.stringify(a.members) === JSON.stringify(b.members);

/** Number of places of a rule that are listed at first. */
const PLACES = 5;

const Item = memo(function Item({ members, rule, canSilence, onShow, onApplyFix, onPlan }: ItemProps) {
  const [all, setAll] = useState(false);
  const [first] = members;
  const { id, severity } = first;
  const { Icon, tone } = looks[severity];
  const everywhere = fixOfAll(members);
  const goal = GOALS[id];
  const shown = all ? members : members.slice(0, PLACES);
  return (
    <li className="flex gap-2 py-2.5 [contain-intrinsic-size:auto_6rem] [content-visibility:auto]">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />
      <div className="min-w-0 flex-1 break-words">
        <p>
          <span className={`font-semibold ${tone}`}>{t(`severity.${severity}`)}</span>{' '}
          <span className="font-semibold">{rule?.title}</span>{' '}
          {members.length === 1 ? (
            <Place finding={first} onShow={onShow} />
          ) : (
            <span className="text-muted">{t('audit.places', { count: members.length })}</span>
          )}
        </p>
        {members.length === 1 ? (
          <p>{first.message}</p>
        ) : (
          <div className="mt-1 space-y-2 border-l-2 border-line pl-3">
            {shown.map((finding, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two findings may have the same line and message, and places have no state to mix up
              <div key={`${finding.line} ${at}`}>
                <p>
                  <Place finding={finding} onShow={onShow} /> {finding.message}
                </p>
                {finding.fix && <FixButton fix={finding.fix} onApplyFix={onApplyFix} />}
                <Withheld finding={finding} />
              </div>
            ))}
            {shown.length < members.length && (
              <button type="button" className="link" onClick={() => setAll(true)}>
                {t('audit.allPlaces', { count: members.length })}
              </button>
            )}
          </div>
        )}
        <details className="mt-1">
          <summary className="text-accent underline underline-offset-2">{t('audit.why')}</summary>
          <p className="mt-1">{rule?.why}</p>
          <ul className="mt-1 list-disc pl-5">
            {rule?.references.map((reference) => (
              <li key={reference.url}>
                <SourceLink source={reference} />
              </li>
            ))}
          </ul>
          {canSilence && (
            <p className="mt-1 text-muted">
              {t('audit.silence')} <code className="font-mono text-xs text-ink"># postern-ignore: {id}</code>
            </p>
          )}
        </details>
        {members.length === 1 && <Withheld finding={first} />}
        <div className="flex flex-wrap gap-x-2">
          {members.length === 1 && first.fix && <FixButton fix={first.fix} onApplyFix={onApplyFix} />}
          {everywhere && (
            <button type="button" className="button mt-1.5" onClick={() => onApplyFix(everywhere)}>
              <Wrench aria-hidden className="size-4" />
              {t('audit.fixAll', { fix: everywhere.title, count: members.length })}
            </button>
          )}
          {goal && onPlan && (
            <button type="button" className="button mt-1.5" onClick={() => onPlan(goal)}>
              <ListChecks aria-hidden className="size-4" />
              {t('migration.plan')}
            </button>
          )}
        </div>
      </div>
    </li>
  );
}, sameItem);

/** Where a finding is; a line can be shown in the editor. */
function Place({ finding: { file, included, line }, onShow }: { readonly finding: Found } & Pick<Props, 'onShow'>) {
  const name = included ?? file;
  if (line === undefined) return <span className="font-mono text-xs text-muted">{name}</span>;
  return (
    <button type="button" className="link font-mono text-xs" onClick={() => onShow({ name, line })}>
      {t('audit.at', { name, line })}
    </button>
  );
}

/** Why a fix isn't offered. */
function Withheld({ finding: { withheld } }: { readonly finding: Found }) {
  return withheld === undefined ? null : <p className="mt-1 text-muted">{t('audit.withheld', { reason: withheld })}</p>;
}

function FixButton({ fix, onApplyFix }: { readonly fix: Fix } & Pick<Props, 'onApplyFix'>) {
  return (
    <button type="button" className="button mt-1.5" onClick={() => onApplyFix(fix)}>
      <Wrench aria-hidden className="size-4" />
      {fix.title}
    </button>
  );
}
