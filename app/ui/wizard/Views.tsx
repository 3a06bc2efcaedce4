import { type ComponentType, lazy, Suspense } from 'react';
import { SCREENS } from '../../core/index.ts';
import { t } from '../messages/translate.ts';
import { useTitle } from './title.ts';
import { ViewLink } from './ViewLink.tsx';
import { useView, type View } from './view.ts';

const screens: Readonly<Partial<Record<View, ComponentType>>> = {
  audit: lazy(() => import('../audit/AuditScreen.tsx')),
  map: lazy(() => import('../map/MapScreen.tsx')),
  compare: lazy(() => import('../compare/CompareScreen.tsx')),
  import: lazy(() => import('../import/ImportScreen.tsx')),
  connection: lazy(() => import('../connection/ConnectionScreen.tsx')),
  refused: lazy(() => import('../refused/RefusedScreen.tsx')),
  targets: lazy(() => import('../pages/TargetsScreen.tsx')),
  certificate: lazy(() => import('../certificate/CertificateScreen.tsx')),
  beside: lazy(() => import('../beside/BesideScreen.tsx')),
};

const isOwn = (view: View): boolean => SCREENS.some((one) => one === view);

/** The ways through the application, in the header. */
export function ViewNav() {
  const { view } = useView();
  return (
    <nav
      aria-label={t('views.label')}
      className="order-last flex w-full gap-1 overflow-x-auto border-t border-line pt-1 md:order-none md:w-auto md:border-0 md:pt-0 md:pl-3"
    >
      {(['plan', 'audit', 'targets', 'certificate', 'beside'] as const).map((one) => (
        <ViewLink
          key={one}
          to={{ view: one, page: null }}
          current={one === view}
          className={`flex min-h-9 items-center rounded-md px-2 text-sm whitespace-nowrap md:px-2.5 ${one === view || (one === 'audit' && isOwn(view)) ? 'bg-tint font-semibold text-accent' : 'text-muted hover:bg-raised hover:text-ink'}`}
        >
          {t(one === 'audit' ? 'views.files' : `views.${one}`)}
        </ViewLink>
      ))}
    </nav>
  );
}

/** What is shown instead of the plan; the plan itself where the address names nothing that is there. */
export function OtherView({ plan }: { readonly plan: ComponentType }) {
  const view = useView((state) => state.view);
  const Screen = screens[view] ?? plan;
  useTitle(view === 'plan' ? null : t(`views.${view}`));
  return (
    <Suspense fallback={<p className="p-6 text-muted">{t('app.loading')}</p>}>
      <Screen />
    </Suspense>
  );
}
