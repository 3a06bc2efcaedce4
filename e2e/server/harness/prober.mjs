// Runs at the far end of the open wire (open-wire.ts). Each line of its input is a list of connections to try, in
// order, the last of each family one that must succeed; each line of its output says for each whether it had succeeded
// by then.
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

const PATIENCE_MS = 60_000;

// A connection never reuses the ports of an earlier one: the firewall may still track that as established, and allow
// it.
const [FIRST_PORT, LAST_PORT] = [1024, 65535];
let port = FIRST_PORT;
const nextPort = () => {
  port = port < LAST_PORT ? port + 1 : FIRST_PORT;
  return port;
};

/**
 * Packets on one wire keep their order: when the last connection succeeds, every earlier one that was allowed has been
 * answered.
 */
function attempt(probes) {
  return new Promise((resolve) => {
    const open = probes.map(() => false);
    const sockets = [];
    const lasts = new Set(
      [4, 6].map((family) => probes.findLastIndex((probe) => probe.family === family)).filter((at) => at >= 0),
    );
    const finish = () => {
      clearTimeout(timer);
      // What arrived with the last answer is still queued in this event loop.
      setImmediate(() =>
        setImmediate(() => {
          // A socket that is still connecting would be reset only once it is connected, and retransmit until then.
          for (const socket of sockets)
            if (socket.connecting) socket.destroy();
            else socket.resetAndDestroy();
          resolve(open);
        }),
      );
    };
    const timer = setTimeout(finish, PATIENCE_MS);
    for (const [at, probe] of probes.entries()) {
      const socket = connect({
        host: probe.target,
        port: probe.port,
        localAddress: probe.source,
        localPort: nextPort(),
      });
      socket.on('error', () => undefined);
      socket.on('connect', () => {
        open[at] = true;
        lasts.delete(at);
        if (lasts.size === 0) finish();
      });
      sockets.push(socket);
    }
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await attempt(JSON.parse(line)))}\n`);
}
