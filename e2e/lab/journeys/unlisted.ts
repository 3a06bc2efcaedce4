import { connect } from 'node:net';

/** Milliseconds between two attempts, and the timeout of each. */
const [EVERY, PATIENCE] = [25, 1000];

/** A client that tries to connect all the time, from addresses that no plan lists. */
export class Unlisted {
  /** The number of attempts, and when the server answered one. */
  attempts = 0;
  readonly accepted: { readonly target: string; readonly after: string }[] = [];
  /** The current action of the journey, for the report. */
  doing = '';
  readonly #timer: NodeJS.Timeout;

  constructor(ways: readonly { readonly source: string; readonly target: string }[], port: number) {
    this.#timer = setInterval(() => {
      for (const { source, target } of ways) {
        this.attempts += 1;
        const socket = connect({ host: target, port, localAddress: source, timeout: PATIENCE });
        socket.on('timeout', () => socket.destroy());
        socket.on('error', () => undefined);
        socket.on('connect', () => {
          this.accepted.push({ target, after: this.doing });
          socket.resetAndDestroy();
        });
      }
    }, EVERY);
  }

  end(): void {
    clearInterval(this.#timer);
  }
}
