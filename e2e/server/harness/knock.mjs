// Runs at the clients' end of the wire (wire.ts): reads connections to try, writes what came of each.
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

const knocks = JSON.parse(await text(process.stdin));

const outcome = ({ source, target, port }) =>
  new Promise((resolve) => {
    const socket = connect({ host: target, port, localAddress: source, timeout: 700 });
    const end = (result) => {
      socket.destroy();
      resolve(result);
    };
    // The filter lets the first packet pass or not; the answer proves that it came through and back.
    socket.on('data', () => end('open'));
    socket.on('error', () => end('closed'));
    socket.on('timeout', () => end('closed'));
  });

process.stdout.write(JSON.stringify(await Promise.all(knocks.map(outcome))));
