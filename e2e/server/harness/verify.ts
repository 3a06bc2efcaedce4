import type { Files } from './bundle.ts';
import type { Deployment } from './deployment.ts';

export async function verifyFrom(_stands: Deployment, _files: Files): Promise<{ wrong: string[]; ran: number }> {
  return { wrong: ['verify.sh is not there yet'], ran: 0 };
}
