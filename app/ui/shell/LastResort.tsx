import { Component, type ReactNode } from 'react';
import { lazyPart } from '../shared/loading/lazy-part.tsx';

const Crashed = lazyPart(() => import('./Crashed.tsx'), { loading: null, className: 'p-6' });

interface State {
  readonly failure: string | null;
}

/** Shows what can be saved instead of a page that crashed. */
export class LastResort extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { failure: null };

  static getDerivedStateFromError(error: unknown): State {
    return { failure: error instanceof Error ? error.message : String(error) };
  }

  override render() {
    const { failure } = this.state;
    return failure === null ? this.props.children : <Crashed failure={failure} />;
  }
}
