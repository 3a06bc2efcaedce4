import { Component, type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react';
import { focusWhenThere } from '../browser/focus.ts';
import { t } from '../messages/first-screen.ts';
import { headingOf, useView } from '../navigation/view.ts';
import { loadAgain } from './load-again.ts';
import { NotLoaded } from './NotLoaded.tsx';
import { styleSheets } from './style-sheets.ts';

interface Options {
  /** Shown until it is loaded. */
  readonly loading?: ReactNode;
  /** The layout of the message shown instead if it cannot be loaded. */
  readonly className?: string;
}

/** The space reserved for an editor. */
export const editorPlace: Options = {
  loading: <p className="p-3 text-muted">{t('app.loading')}</p>,
  className: 'h-full overflow-auto p-3',
};

type Load<Props> = () => Promise<{ readonly default: ComponentType<Props> }>;

/**
 * A part of the page that loads when it is first shown. If it cannot be loaded, a message in its place offers another
 * attempt, and the rest of the page still works.
 */
export function lazyPart<Props extends object>(load: Load<Props>, options: Options = {}): ComponentType<Props> {
  const source = new Source(load);
  return (props) => <LazyPart source={source} options={options} of={props} />;
}

class LoadFailure extends Error {}

/**
 * React caches a rejected load for the lifetime of the component, but the browser requests it again. So each attempt
 * has its own component.
 */
class Source<Props extends object> {
  part: ComponentType<Props>;

  constructor(readonly load: Load<Props>) {
    this.part = this.attempt();
  }

  private attempt(): ComponentType<Props> {
    const part: ComponentType<object> = lazy(async () => {
      try {
        const [loaded] = await Promise.all([this.load(), styleSheets()]);
        return loaded as { readonly default: ComponentType<object> };
      } catch (error) {
        throw new LoadFailure(String(error));
      }
    });
    return part as ComponentType<Props>;
  }

  /** Rejects if it can't be loaded now either. */
  async again(): Promise<void> {
    await loadAgain(this.load);
    this.part = this.attempt();
  }
}

interface LazyProps<Props extends object> {
  readonly source: Source<Props>;
  readonly options: Options;
  readonly of: Props;
}

function LazyPart<Props extends object>({ source, options, of }: LazyProps<Props>) {
  const { loading = <p className="text-muted">{t('app.loading')}</p>, className = '' } = options;
  const [tries, setTries] = useState(0);
  const again = async () => {
    await source.again();
    setTries(tries + 1);
    // The button that was pressed no longer exists.
    focusWhenThere(() => document.getElementById(headingOf(useView.getState())));
  };
  return (
    <Boundary key={tries} instead={<NotLoaded again={again} className={className} />}>
      <Suspense fallback={loading}>
        <source.part {...of} />
      </Suspense>
    </Boundary>
  );
}

interface BoundaryProps {
  readonly instead: ReactNode;
  readonly children: ReactNode;
}

interface Caught {
  readonly error: unknown;
}

/** Catches a part that could not be loaded. Other errors are left to the last resort of the page. */
class Boundary extends Component<BoundaryProps, Caught> {
  override state: Caught = { error: null };

  static getDerivedStateFromError(error: unknown): Caught {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    if (error instanceof LoadFailure) return this.props.instead;
    throw error;
  }
}
