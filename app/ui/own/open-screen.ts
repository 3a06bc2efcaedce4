import { decodeScreen, type ScreenState } from '../../core/index.ts';
import { type MessageId, t } from '../messages/translate.ts';
import { useLinkProblem } from '../share/link-problem.ts';
import { announce } from '../wizard/announce.ts';
import { show } from '../wizard/view.ts';
import { useAsked } from './screen-state.ts';
import { CONF, HBA, isEmpty, textOf, useOwn } from './store.ts';

const problems: Readonly<Record<'too long' | 'too large' | 'damaged', MessageId>> = {
  'too long': 'own.linkRefused.long',
  'too large': 'own.linkRefused.large',
  damaged: 'own.linkRefused.damaged',
};

/** Opens the link to a screen. Files that it carries take the place of the user's, which can be had back. */
export function openScreen(fragment: string): void {
  const opened = decodeScreen(fragment);
  if (!opened.ok) {
    useLinkProblem.setState({ reasons: [t(problems[opened.reason])] });
    return;
  }
  useLinkProblem.setState({ reasons: [] });
  take(opened.value);
  show({ view: opened.value.view, page: null });
}

function take({ major, source, connection, map, compare, import: imported, refusal, files, other }: ScreenState): void {
  const own = useOwn.getState();
  useAsked.setState((asked) => ({
    connection: connection ?? asked.connection,
    map: map ?? asked.map,
    compare: compare ?? asked.compare,
    import: imported ?? asked.import,
    refusal: refusal ?? asked.refusal,
  }));
  const before = { major: own.major, files: own.files, other: own.other };
  const replaced = files !== null && !isEmpty(own);
  const given = files ?? own.files;
  useOwn.setState({
    major,
    source,
    files: [
      { name: HBA, text: textOf({ files: given }, HBA) },
      { name: CONF, text: textOf({ files: given }, CONF) },
      ...given.filter(({ name }) => name !== HBA && name !== CONF),
    ],
    other: other ?? own.other,
    kept: replaced ? (own.kept ?? before) : own.kept,
  });
  announce(t('own.linkOpened'));
}
