import { renderToString } from 'react-dom/server';
import { Root } from './ui/shell/Root.tsx';

/** The start page as HTML, as a browser shows it that has nothing saved. The build puts it into the page. */
export const startPage = (): string => renderToString(<Root />);
