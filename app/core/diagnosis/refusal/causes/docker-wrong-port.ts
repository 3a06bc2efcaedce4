import type { Cause } from '../cause.ts';
import { publishedPorts } from '../command.ts';

export const dockerWrongPort: Cause = {
  id: 'docker-wrong-port',
  layer: 'socket',
  title: 'The container publishes another port than the one the client uses',
  explanation:
    "`docker ps` shows the port that Docker publishes on the host before the arrow, and the container's own port after it. The client used neither host nor port of the published one.",
  fix: "From the host, connect to localhost and the published port. From another container of the same network, connect to the service's name and the container's own port.",
  commands: () => [publishedPorts],
  check: "`docker ps` shows the client's port before the arrow, and the client connects.",
  otherwise:
    'If the port is right and nothing listens inside the container, the connection is closed or reset instead of refused.',
  couldBe: [],
  wordings: [],
  examples: [
    "abc  postgres:13  Up 2 hours  0.0.0.0:5434->5432/tcp, :::5434->5432/tcp  app-db-1\nError: P1001: Can't reach database server at `postgres`:`5432`",
    'abc  postgres:16  Up 2 hours  127.0.0.1:6000->5432/tcp  app-db-1\nError: connect ECONNREFUSED 127.0.0.1:5432',
  ],
  references: [
    {
      title: 'Docker documentation, Publishing and exposing ports',
      url: 'https://docs.docker.com/get-started/docker-concepts/running-containers/publishing-ports/',
    },
  ],
};
