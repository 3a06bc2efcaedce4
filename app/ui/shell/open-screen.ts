import { decodeScreen, type ScreenState } from '../../core/index.ts';
import { announce } from '../shared/browser/announce.ts';
import { type MessageId, t } from '../shared/messages/translate.ts';
import { show } from '../shared/navigation/view.ts';
import { useAsked } from '../shared/server-files/screen-state.ts';
import { CONF, HBA, isEmpty, textOf, useServerFiles } from '../shared/server-files/store.ts';
import { tellOfLink } from './link-problem.ts';

const problems: Readonly<Record<'too long' | 'too large' | 'damaged', MessageId>> = {
  'too long': 'server-files.linkRefused.long',
  'too large': 'server-files.linkRefused.large',
  damaged: 'server-files.linkRefused.damaged',
};

/** Opens the link to a screen. Files in the link replace the user's, which can be restored. */
export function openScreen(fragment: string): void {
  const opened = decodeScreen(fragment);
  if (!opened.ok) {
    tellOfLink({ reasons: [t(problems[opened.issues[0] ?? 'damaged'])] });
    return;
  }
  tellOfLink({});
  take(opened.value);
  show({ view: opened.value.view, page: null });
}

function take({ major, source, connection, map, compare, import: imported, refusal, files, other }: ScreenState): void {
  const serverFiles = useServerFiles.getState();
  useAsked.setState((asked) => ({
    connection: connection ?? asked.connection,
    map: map ?? asked.map,
    compare: compare ?? asked.compare,
    import: imported ?? asked.import,
    refusal: refusal ?? asked.refusal,
  }));
  const before = { major: serverFiles.major, files: serverFiles.files, other: serverFiles.other };
  const replaced = files !== null && !isEmpty(serverFiles);
  const given = files ?? serverFiles.files;
  useServerFiles.setState({
    major,
    source,
    files: [
      { name: HBA, text: textOf({ files: given }, HBA) },
      { name: CONF, text: textOf({ files: given }, CONF) },
      ...given.filter(({ name }) => name !== HBA && name !== CONF),
    ],
    other: other ?? serverFiles.other,
    kept: replaced ? (serverFiles.kept ?? before) : serverFiles.kept,
  });
  announce(t('server-files.linkOpened'));
}
