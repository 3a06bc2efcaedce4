/** What a plan accepts as a name and how a server stores it, for the proof on real servers. */
export { checkDatabase, checkRole } from '../plan/fields.ts';
export { storedName } from '../postgres/name.ts';
