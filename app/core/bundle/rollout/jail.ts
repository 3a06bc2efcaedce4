import { type Message, say } from '../../messages/message.ts';
import type { AccessModel, ClientAccess } from '../../model/model.ts';
import { stableSlug } from '../../model/slug.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import type { Block } from '../file.ts';
import { FIND_MINUTES, isWatched, JAIL } from '../monitoring/jail.ts';

/**
 * Minutes without a failed login after which fail2ban has forgotten the earlier ones. Until then it may still count all
 * of them, regardless of the age of the first (`ticket.py`, `adjustTime`); it clears its list every few seconds
 * (`filter.py`, `performSvc`).
 */
const FORGOTTEN_MINUTES = FIND_MINUTES + 1;

/** Number of failed logins before the verification script pauses: one more would be a ban. */
const allowed = ({ plan }: AccessModel): number => plan.monitoring.maxRetry - 1;

/** The clients that the jail could ban for running `verify.sh`. */
export const watchedClients = (model: AccessModel): ClientAccess[] =>
  model.clients.filter((access) => isWatched(model, access));

/** What `verify.sh` needs so that the server's jail doesn't ban the machine it runs on; empty if there is no jail. */
export function pacing(model: AccessModel): Block<'sh'>[] {
  if (watchedClients(model).length === 0) return [];
  const { name, addresses } = model.plan.server;
  const server = name ?? [...addresses.public, ...addresses.private, ...addresses.vpn][0] ?? 'server';
  return [
    {
      reason: { message: say('verify.pacing', { minutes: FORGOTTEN_MINUTES }), path: 'monitoring.fail2ban' },
      lines: lines(sh`
        allowed=${allowed(model)}
        forgotten=${FORGOTTEN_MINUTES * 60}
        failures=\${XDG_STATE_HOME:-$HOME/.local/state}/postern/failed-logins-${shWord(stableSlug(server))}
        exempt='' counted='' unwritten='' times=''
        if [ "$role" = --exempt ]; then exempt=yes role=\${3:-}; elif [ "\${3:-}" = --exempt ]; then exempt=yes; fi
        failed_lately() { # sets recent, the count failures that fail2ban may still count, and free, when it has forgotten them
          local second last=0
          now=$(date +%s) recent='' count=0
          if [ -r "$failures" ]; then times=$(<"$failures"); fi
          for second in $times; do
            if [[ ! $second =~ ^[1-9][0-9]{0,11}$ ]] || [ "$second" -gt "$now" ]; then continue; fi
            if [ $((second - last)) -gt "$forgotten" ]; then recent='' count=0; fi
            recent+=" $second" count=$((count + 1)) last=$second
          done
          free=$((last + forgotten))
          if [ "$now" -gt "$free" ]; then recent='' count=0; fi
        }
        before_login() {
          local left
          if [ -z "$counted" ]; then return 0; fi
          failed_lately
          if [ "$count" -lt "$allowed" ]; then return 0; fi
          while left=$((free + 1 - $(date +%s))) && [ "$left" -gt 0 ]; do
            printf 'note    paused, so that fail2ban does not ban this address: %s seconds left\n' "$left" >&2
            sleep $((left < 60 ? left : 60))
          done
        }
        count_failure() {
          if [ -z "$counted" ]; then return 0; fi
          failed_lately
          times="$recent $now"
          { mkdir -p "\${failures%/*}" && printf '%s\n' "$times" >"$failures.new" && mv "$failures.new" "$failures"; } 2>/dev/null && return 0
          if [ -z "$unwritten" ]; then
            unwritten=yes
            printf 'note    %s cannot be written. Wait %s minutes after this run before the next one.\n' "$failures" "$((forgotten / 60))" >&2
          fi
        }
      `),
    },
  ];
}

/** Announces, before a client's checks begin, how fail2ban affects them. */
export function announcement(model: AccessModel, access: ClientAccess, failures: number): Sh[] {
  if (!isWatched(model, access) || failures === 0) return [];
  const { maxRetry, banTime } = model.plan.monitoring;
  const values = {
    failures,
    maxRetry,
    find: FIND_MINUTES,
    ban: banTime,
    allowed: allowed(model),
    minutes: FORGOTTEN_MINUTES,
    jail: JAIL,
    client: access.slug,
  };
  const note = (message: Message): Sh => sh`  printf 'note    %s\n' ${shWord(message.text)} >&2`;
  return [
    sh`if [ -z "$exempt" ]; then`,
    note(say('verify.jail', values)),
    ...(allowed(model) === 0
      ? [note(say('verify.jailFirst', values)), note(say('verify.jailExempt', values)), sh`  exit 2`]
      : [
          ...(failures > allowed(model)
            ? [note(say('verify.jailPauses', values))]
            : [note(say('verify.jailFits', values))]),
          note(say('verify.jailExempt', values)),
          note(say('verify.jailUnban', values)),
          sh`  counted=yes`,
        ]),
    sh`fi`,
  ];
}
