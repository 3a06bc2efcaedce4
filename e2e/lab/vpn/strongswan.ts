import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Ran } from '../../server/harness/command.ts';
import { until } from '../../server/harness/until.ts';
import type { Machine } from './machines.ts';

const SOCKET = 'unix:///run/vpn/charon.vici';
const DAEMON = 'charon-systemd';

/** What the kernel here lacks (CONFIG_INET_ESP) strongSwan's own plugin does: packets pass through an interface `ipsec0`. */
export const LIBIPSEC = '/usr/lib/ipsec/plugins/libstrongswan-kernel-libipsec.so';
export const canEncrypt = existsSync(LIBIPSEC) && existsSync('/dev/net/tun');

/** The packaged configuration, with the socket and the log of this machine, and the packets in user space. */
const settings = (packets: boolean) => `
charon-systemd {
  # A refusal shows within a test's patience.
  retransmit_tries = 1
  retransmit_timeout = 1.0
  filelog {
    log {
      path = /run/vpn/charon.log
      flush_line = yes
      default = 1
    }
  }
  plugins {
    vici {
      socket = ${SOCKET}
    }
    kernel-libipsec {
      load = ${packets ? 'yes' : 'no'}
    }
    resolve {
      load = no
    }
    bypass-lan {
      load = no
    }
  }
}
include /etc/strongswan.d/*.conf
`;

/** strongSwan on a machine, started as its unit does. */
export class Strongswan {
  readonly #machine: Machine;
  #daemon: ChildProcess | undefined;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  async start({ packets = true }: { packets?: boolean } = {}): Promise<void> {
    this.#machine.place('/run/vpn/strongswan.conf', settings(packets));
    this.#machine.place('/etc/swanctl/swanctl.conf', 'include conf.d/*.conf\n');
    this.#machine.must('mkdir', '-p', ...['conf.d', 'private', 'x509', 'x509ca'].map((name) => `/etc/swanctl/${name}`));
    this.#daemon = this.#machine.spawn(DAEMON, [], { STRONGSWAN_CONF: '/run/vpn/strongswan.conf' });
    const daemon = this.#daemon;
    await until(
      `charon answers on ${this.#machine.name}`,
      async () => {
        if (daemon.exitCode !== null) throw new Error(`charon ended on ${this.#machine.name}: ${await this.log()}`);
        return (await this.ask('--stats')).code === 0;
      },
      () => this.log(),
    );
  }

  ask(...args: string[]): Promise<Ran> {
    const env = { STRONGSWAN_CONF: '/run/vpn/strongswan.conf', SWANCTL_DIR: '/etc/swanctl' };
    return this.#machine.run('swanctl', [...args, '--uri', SOCKET], { env });
  }

  async log(): Promise<string> {
    return (await this.#machine.run('cat', ['/run/vpn/charon.log'])).stdout;
  }

  async stop(): Promise<void> {
    const daemon = this.#daemon;
    if (!daemon || daemon.exitCode !== null) return;
    const ended = new Promise((resolve) => daemon.once('exit', resolve));
    daemon.kill('SIGTERM');
    const late = setTimeout(() => daemon.kill('SIGKILL'), 60_000);
    await ended;
    clearTimeout(late);
  }
}
