import type { TargetPage } from '../page.ts';

export const identPage: TargetPage = {
  id: 'pg-ident',
  title: 'pg_ident.conf',
  summary: 'Lets the account that runs the server log in as a superuser of another name.',
  does: ['Maps one operating system account to one role, for the local socket.'],
  doesNot: ['Map names of certificates or Kerberos: those are compared as they are.'],
  undo: ['Put pg_ident.conf.before-postern back in its place and reload.'],
  pitfalls: [
    {
      text: 'A map is used only by a record of pg_hba.conf that names it with map=.',
      source: {
        title: 'PostgreSQL, User Name Maps',
        url: 'https://www.postgresql.org/docs/current/auth-username-maps.html',
      },
    },
  ],
};
