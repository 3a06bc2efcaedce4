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

/** Loads them before they are needed, once the page is idle. */
export function loadScreens(): void {
  for (const load of Object.values(screens)) void load().catch(() => undefined);
}
