import { expect, test } from 'vitest';
import { retiredSetting } from './retired-settings.ts';

test.each([
  ['add_missing_from', ''],
  ['checkpoint_segments', 'max_wal_size'],
  ['custom_variable_classes', ''],
  ['default_with_oids', ''],
  ['force_parallel_mode', 'debug_parallel_query'],
  ['krb_srvname', ''],
  ['max_fsm_pages', ''],
  ['max_fsm_relations', ''],
  ['min_parallel_relation_size', 'min_parallel_table_scan_size'],
  ['promote_trigger_file', 'pg_promote()'],
  ['replacement_sort_tuples', ''],
  ['regex_flavor', ''],
  ['silent_mode', ''],
  ['sql_inheritance', ''],
  ['stats_temp_directory', ''],
  ['tcpip_socket', 'listen_addresses'],
  ['unix_socket_directory', 'unix_socket_directories'],
  ['vacuum_cleanup_index_scale_factor', ''],
  ['virtual_host', 'listen_addresses'],
  ['WAL_KEEP_SEGMENTS', 'wal_keep_size'],
  ['listen_addresses', undefined],
  ['toString', undefined],
])('%s: %j replaces it', (name, replacement) => expect(retiredSetting(name)).toBe(replacement));
