// Runs at the clients' end of the wire (wire.ts): tries connections repeatedly until its input ends, then writes how
// many were tried and which were accepted, by label.
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const { every, knocks } = JSON.parse(process.argv[2]);

/** A dropped first packet would be sent again after a second; a new attempt is equivalent. */
const DROPPED_MS = 400;

const results = Object.fromEntries(
  knocks.map(({ label }) => [label, { tried: 0, accepted: [], last: Number.NEGATIVE_INFINITY }]),
);
let pending = 0;

function attempt({ label, source, target, port, pause = 0 }) {
  const result = results[label];
  if (Date.now() - result.last < pause) return;
  result.last = Date.now();
  result.tried += 1;
  pending += 1;
  const socket = connect({ host: target, port, localAddress: source });
  const end = () => {
    clearTimeout(dropped);
    socket.destroy();
  };
  socket.on('connect', () => {
    result.accepted.push(Date.now());
    end();
  });
  socket.on('error', end);
  socket.on('close', () => {
    pending -= 1;
  });
  const dropped = setTimeout(end, DROPPED_MS);
}

let ended = false;
process.stdin.on('end', () => {
  ended = true;
});
process.stdin.resume();
while (!ended) {
  for (const knock of knocks) attempt(knock);
  await sleep(every);
}
while (pending > 0) await sleep(10);
process.stdout.write(JSON.stringify(results));
