// Runs at the clients' end of the wire (wire.ts): reads connections to try, writes the result of each.
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

const knocks = JSON.parse(await text(process.stdin));

/** How long a first packet may go unanswered before it counts as dropped. */
const DROPPED_MS = 700;

const outcome = ({ source, target, port }) =>
  new Promise((resolve) => {
    const socket = connect({ host: target, port, localAddress: source });
    let connected = false;
    const end = (result) => {
      clearTimeout(dropped);
      socket.destroy();
      resolve(result);
    };
    // The filter either passes or drops the first packet; the answer proves that it arrived and returned.
    socket.on('data', () => end('open'));
    socket.on('error', () => end('closed'));
    // Kernels answer the first packet however busy the machine is, so it waits only if a filter drops it. What has
    // arrived may still have to pass through this event loop, and the other end may need time to send.
    socket.on('connect', () => {
      connected = true;
    });
    const closeUnlessConnected = () => {
      if (!connected) end('closed');
    };
    const dropped = setTimeout(() => setImmediate(() => setImmediate(closeUnlessConnected)), DROPPED_MS);
  });

process.stdout.write(JSON.stringify(await Promise.all(knocks.map(outcome))));
