import { type ComponentType, useRef } from 'react';
import { SCREENS } from '../../core/index.ts';
import { useCurrentInView } from '../shared/browser/keep-in-view.ts';
import { useTitle } from '../shared/browser/title.ts';
import { lazyPart } from '../shared/loading/lazy-part.tsx';
import { t } from '../shared/messages/first-screen.ts';
import { ViewLink } from '../shared/navigation/ViewLink.tsx';
import { useView, type View } from '../shared/navigation/view.ts';
import { Landing } from './landing/Landing.tsx';

const screen = (load: () => Promise<{ readonly default: ComponentType }>): ComponentType =>
  lazyPart(load, { loading: <p className="p-6 text-muted">{t('app.loading')}</p>, className: 'p-4 md:p-8' });

/** Quick setup, the steps, and the generated files. */
const plan = screen(() => import('./Plan.tsx'));

const screens: Readonly<Partial<Record<View, ComponentType>>> = {
  plans: screen(() => import('../features/plan/plans/PlansScreen.tsx')),
  audit: screen(() => import('../features/audit/AuditScreen.tsx')),
  map: screen(() => import('../features/access-map/MapScreen.tsx')),
  compare: screen(() => import('../features/compare/CompareScreen.tsx')),
  import: screen(() => import('../features/import/ImportScreen.tsx')),
  path: screen(() => import('../features/diagnosis/path/PathScreen.tsx')),
  log: screen(() => import('../features/log/LogScreen.tsx')),
  refusal: screen(() => import('../features/diagnosis/refusal/RefusalScreen.tsx')),
  targets: screen(() => import('../features/reference/ReferenceScreen.tsx')),
  certificate: screen(() => import('../features/certificate/CertificateScreen.tsx')),
  'database-comparison': screen(() => import('../features/database-comparison/DatabaseComparisonScreen.tsx')),
};

const isOwn = (view: View): boolean => SCREENS.some((one) => one === view);

/** Whether a link of the navigation stands for the view. */
const isWithin = (link: View, view: View): boolean =>
  link === view || (link === 'plan' && (view === 'express' || view === 'plans')) || (link === 'audit' && isOwn(view));

/** The navigation between the views, in the header. */
export function ViewNav() {
  const { view } = useView();
  const row = useRef<HTMLElement>(null);
  useCurrentInView(row, view);
  return (
    <nav
      ref={row}
      aria-label={t('views.label')}
      className="order-last scroll-row flex w-full gap-1 border-t border-line pt-1 md:order-none md:w-auto md:min-w-0 md:border-0 md:pt-0 md:pl-3"
    >
      {(['plan', 'audit', 'targets', 'certificate', 'database-comparison'] as const).map((one) => (
        <ViewLink
          key={one}
          to={{ view: one, page: null }}
          current={one === view}
          within={isWithin(one, view)}
          className={`flex min-h-9 items-center rounded-md px-2 text-sm whitespace-nowrap md:px-2.5 ${isWithin(one, view) ? 'bg-tint font-semibold text-accent' : 'text-muted hover:bg-raised hover:text-ink'}`}
        >
          {t(one === 'audit' ? 'views.files' : `views.${one}`)}
        </ViewLink>
      ))}
    </nav>
  );
}

/** The view that the address names. */
export function ShownView() {
  const view = useView((state) => state.view);
  const Screen = view === 'start' ? Landing : (screens[view] ?? plan);
  useTitle(view === 'start' ? null : t(`views.${view}`));
  return <Screen />;
}
