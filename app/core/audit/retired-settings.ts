/** What replaces settings that were removed; empty where nothing does. Those removed before 11 are in no catalogue. */
const RETIRED: Readonly<Record<string, string>> = {
  add_missing_from: '',
  checkpoint_segments: 'max_wal_size',
  custom_variable_classes: '',
  default_with_oids: '',
  force_parallel_mode: 'debug_parallel_query',
  escape_string_warning: '',
  io_workers: 'io_min_workers and io_max_workers',
  krb_srvname: '',
  max_fsm_pages: '',
  max_fsm_relations: '',
  min_parallel_relation_size: 'min_parallel_table_scan_size',
  promote_trigger_file: 'pg_promote()',
  replacement_sort_tuples: '',
  regex_flavor: '',
  silent_mode: '',
  sql_inheritance: '',
  stats_temp_directory: '',
  tcpip_socket: 'listen_addresses',
  unix_socket_directory: 'unix_socket_directories',
  vacuum_cleanup_index_scale_factor: '',
  virtual_host: 'listen_addresses',
  wal_keep_segments: 'wal_keep_size',
};

/** undefined for a name that is not known to have been removed. */
export const retiredSetting = (name: string): string | undefined => {
  const key = name.toLowerCase();
  return Object.hasOwn(RETIRED, key) ? RETIRED[key] : undefined;
};
