import { whenIdle } from '../shared/browser/when-idle.ts';

/** The parts that are not needed for the first screen. */
export const screens = {
  server: () => import('../features/plan/steps/server/ServerStep.tsx'),
  network: () => import('../features/plan/steps/network/NetworkStep.tsx'),
  clients: () => import('../features/plan/steps/clients/ClientsStep.tsx'),
  security: () => import('../features/plan/steps/security/SecurityStep.tsx'),
  operation: () => import('../features/plan/steps/operation/OperationStep.tsx'),
  review: () => import('../features/plan/steps/review/ReviewStep.tsx'),
  palette: () => import('./palette/Palette.tsx'),
  help: () => import('./palette/Help.tsx'),
} as const;

/** Loads them before they are needed, each once the page is idle: together they would block it. */
export function loadScreens([load, ...rest] = Object.values(screens)): void {
  if (!load) return;
  whenIdle(() => {
    load().catch(() => undefined);
    loadScreens(rest);
  });
}
