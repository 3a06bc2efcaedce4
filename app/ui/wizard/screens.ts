/** The steps that are not needed for the first screen. */
export const screens = {
  server: () => import('../steps/server/ServerStep.tsx'),
  network: () => import('../steps/network/NetworkStep.tsx'),
  clients: () => import('../steps/clients/ClientsStep.tsx'),
  security: () => import('../steps/security/SecurityStep.tsx'),
  operation: () => import('../steps/operation/OperationStep.tsx'),
  review: () => import('../steps/review/ReviewStep.tsx'),
} as const;

/** Loads them before they are asked for, once the page has nothing better to do. */
export function loadScreens(): void {
  for (const load of Object.values(screens)) void load().catch(() => undefined);
}
