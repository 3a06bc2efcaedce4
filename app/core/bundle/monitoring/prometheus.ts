import { type MessageId, say } from '../../messages/message.ts';
import type { AccessModel, Reason, Replica } from '../../model/model.ts';
import { type AlertText, alertPlain, alertText, type Promql, promql, promqlString } from '../../quote/prometheus.ts';
import { type Yaml, yaml, yamlString } from '../../quote/yaml.ts';
import type { Artifact, Block } from '../file.ts';

/** Alert rules for the default metrics of postgres_exporter, since 0.13. */
export const prometheus: Artifact = {
  page: 'prometheus',
  render(model) {
    if (!model.plan.monitoring.prometheus) return [];
    return [
      {
        path: 'your-machine/prometheus/postern.rules.yaml',
        machine: 'your-machine',
        title: say('prometheus.title'),
        intro: [say('prometheus.intro')],
        language: 'yaml',
        blocks: [
          { lines: [yaml`groups:`, yaml`  - name: postern-postgresql`, yaml`    rules:`] },
          ...alerts(model).map(block),
        ],
      },
    ];
  },
};

interface Alert {
  readonly name: string;
  readonly expression: Promql;
  /** Minutes for which the condition must be true. */
  readonly minutes: number;
  readonly severity: 'warning' | 'critical';
  /** The subject of the alert in addition to the server. */
  readonly about?: { readonly label: 'role' | 'replica'; readonly value: string };
  /** The value in the text, in readable form. */
  readonly value?: AlertText;
  readonly message: MessageId;
  readonly path: string;
}

function block({ name, expression, minutes, severity, about, value, message, path }: Alert): Block<'yaml'> {
  const reason: Reason = { message: say(message, about === undefined ? {} : { [about.label]: about.value }), path };
  const where = alertText` Server: {{ $labels.instance }}.`;
  const now = value === undefined ? alertText`` : alertText` Now: ${value}.`;
  const labels: Yaml[] = [yaml`          severity: ${yamlString(severity)}`];
  if (about !== undefined)
    labels.push(yaml`          ${yamlString(about.label)}: ${yamlString(alertPlain(about.value))}`);
  return {
    lines: [
      yaml`      - alert: ${yamlString(name)}`,
      yaml`        expr: ${yamlString(expression)}`,
      yaml`        for: ${minutes}m`,
      yaml`        labels:`,
      ...labels,
      yaml`        annotations:`,
      yaml`          summary: ${yamlString(alertText`${alertPlain(reason.message.text)}${now}${where}`)}`,
    ],
    reason,
  };
}

const percent = alertText`{{ $value | humanizePercentage }}`;
const bytes = alertText`{{ $value | humanize1024 }}B`;
const seconds = alertText`{{ $value | humanizeDuration }}`;
const count = alertText`{{ $value }}`;

function alerts(model: AccessModel): Alert[] {
  return [
    ...reached,
    ...connections(model),
    ...roleLimits(model),
    ...model.replicas.flatMap(oneReplica),
    ...lag(model),
  ];
}

const reached: readonly Alert[] = [
  {
    name: 'PostgresqlDown',
    expression: promql`pg_up == 0`,
    minutes: 1,
    severity: 'critical',
    message: 'alert.down',
    path: 'monitoring.prometheus',
  },
  {
    name: 'PostgresqlUnwatched',
    expression: promql`absent(pg_up)`,
    minutes: 10,
    severity: 'warning',
    message: 'alert.unwatched',
    path: 'monitoring.prometheus',
  },
  {
    name: 'PostgresqlExporterFails',
    expression: promql`pg_exporter_last_scrape_error == 1`,
    minutes: 15,
    severity: 'warning',
    message: 'alert.exporter',
    path: 'monitoring.prometheus',
  },
  {
    name: 'PostgresqlTlsOff',
    expression: promql`pg_settings_ssl == 0`,
    minutes: 5,
    severity: 'critical',
    message: 'alert.tls',
    path: 'security.certificate',
  },
];

/** Versions of the exporter differ in the labels of settings, so only the labels of the scrape are compared. */
function connections({ plan, release }: AccessModel): Alert[] {
  const setting = (name: Promql) => promql`max by (job, instance) (pg_settings_${name})`;
  const kept =
    plan.security.reserved > 0 && release.major >= 16 ? promql` - ${setting(promql`reserved_connections`)}` : promql``;
  const free = promql`(${setting(promql`max_connections`)} - ${setting(promql`superuser_reserved_connections`)}${kept})`;
  const share = promql`sum by (job, instance) (pg_stat_database_numbackends) / ${free}`;
  const shared = { value: percent, path: 'security.maxConnections' } as const;
  return [
    {
      ...shared,
      name: 'PostgresqlConnectionsHigh',
      expression: promql`${share} > 0.8`,
      minutes: 10,
      severity: 'warning',
      message: 'alert.connections',
    },
    {
      ...shared,
      name: 'PostgresqlConnectionsExhausted',
      expression: promql`${share} > 0.95`,
      minutes: 1,
      severity: 'critical',
      message: 'alert.exhausted',
    },
  ];
}

/** At nine tenths of the limit, or at the limit if it is small. */
const roleLimits = ({ roles }: AccessModel): Alert[] =>
  roles.flatMap(({ name, connectionLimit, path }) =>
    connectionLimit === null || connectionLimit === 0
      ? []
      : [
          {
            name: 'PostgresqlRoleLimit',
            expression: promql`sum by (job, instance) (pg_stat_activity_count{usename=${promqlString(name)}}) >= ${Math.ceil(connectionLimit * 0.9)}`,
            minutes: 5,
            severity: 'warning',
            about: { label: 'role', value: name },
            value: count,
            message: 'alert.role',
            path,
          },
        ],
  );

const GIB = 2 ** 30;

/** Half of the amount that `max_slot_wal_keep_size` of this bundle lets a slot retain. */
const SLOT_WARNING = 5 * GIB;

function oneReplica({ name, slug, slot, path }: Replica): Alert[] {
  const about = { label: 'replica', value: name } as const;
  const gone =
    slot === null
      ? promql`absent(pg_stat_replication_pg_wal_lsn_diff{application_name=${promqlString(slug)}})`
      : promql`pg_replication_slots_active{slot_name=${promqlString(slot)}} == 0`;
  const streams: Alert = {
    name: 'PostgresqlReplicaGone',
    expression: gone,
    minutes: 5,
    severity: 'critical',
    about,
    message: 'alert.replicaGone',
    path,
  };
  if (slot === null) return [streams];
  return [
    streams,
    {
      name: 'PostgresqlSlotHoldsWal',
      expression: promql`pg_replication_slots_pg_wal_lsn_diff{slot_name=${promqlString(slot)}} > ${SLOT_WARNING}`,
      minutes: 5,
      severity: 'warning',
      about,
      value: bytes,
      message: 'alert.slot',
      path,
    },
  ];
}

const lag = ({ replicas }: AccessModel): Alert[] =>
  replicas.length === 0
    ? []
    : [
        {
          name: 'PostgresqlReplicaLag',
          expression: promql`pg_replication_lag_seconds > 300`,
          minutes: 5,
          severity: 'warning',
          value: seconds,
          message: 'alert.lag',
          path: 'network.replicas',
        },
      ];
