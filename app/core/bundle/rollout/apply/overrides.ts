import { lines } from '../../../quote/lines.ts';
import { sh } from '../../../quote/sh.ts';

/**
 * Which settings of the plan do not take effect, and what overrides each: an entry that PostgreSQL reads later, ALTER
 * SYSTEM, or a command-line option. `pg_file_settings` has every entry of every file in reading order, and the last one
 * wins (`ProcessConfigFileInternal` in guc.c); `pg_settings.source` shows what no file can change.
 */
export const overrides = lines(sh`
  overridden() { # sources that win over every file, as a list of SQL, and how to ask: one line for each setting
    local sources=$1
    "\${@:2}" "with entry as (select lower(name) as name, setting, sourcefile, sourceline, seqno, sourcefile like '%/conf.d/postern.conf' as planned from pg_file_settings),
      plan as (select distinct on (name) * from entry where planned order by name, seqno desc),
      last as (select distinct on (name) * from entry order by name, seqno desc)
      select plan.name || ' = ' || coalesce(quote_literal(case when s.source in ($sources) then s.setting else last.setting end), '(none)')
          || ' instead of ' || quote_literal(plan.setting) || ': ' || case
          when s.source in ($sources) then 'from the ' || s.source
          when last.sourcefile like '%/postgresql.auto.conf' then 'from ALTER SYSTEM. To remove it: ALTER SYSTEM RESET ' || plan.name || ';'
          else 'from ' || last.sourcefile || ' line ' || last.sourceline end
        from plan join last using (name) join pg_settings s on lower(s.name) = plan.name
        where s.source in ($sources) and s.setting is distinct from plan.setting
          or s.source not in ($sources) and not last.planned and last.setting is distinct from plan.setting
      union all select plan.name || ' = ' || quote_literal(split_part(one, '=', 2)) || ' instead of ' || quote_literal(plan.setting) || ': from '
          || case when d.setrole = 0 then '' else 'ALTER ROLE ' || quote_ident(d.setrole::regrole::text) || ' ' end
          || case when d.setdatabase = 0 then '' else 'for the database ' || quote_ident((select datname from pg_database where oid = d.setdatabase)) end
        from pg_db_role_setting d cross join unnest(setconfig) as one join plan on plan.name = lower(split_part(one, '=', 1))
        where split_part(one, '=', 2) is distinct from plan.setting order by 1"
  }
  judge_overrides() { # what overridden() says
    [ -n "$1" ] || return 0
    tell 'These settings of the plan do not take effect, because PostgreSQL takes another value:' >&2
    tell "$1" >&2
    if given --accept-overrides; then
      tell 'They stay: --accept-overrides was given.'
      return 0
    fi
    tell "Remove them, or change the plan. To go ahead and leave them: sudo bash $here/apply.sh$flags --accept-overrides" >&2
    return 1
  }
  check_overrides() { # once the change is in force
    judge_overrides "$(overridden "'command line', 'environment variable'" ask)"
  }
`);
