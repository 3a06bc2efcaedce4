import { type Sh, sh, shWord } from '../../../quote/sh.ts';

/** The program that reads a file, told by the place where the file stands. */
interface Reader {
  readonly of: RegExp;
  /** Refuses the file; runs with the new files at their places, seen by nobody else. */
  readonly check?: (path: string) => Sh[];
  /** Takes the file into use, or its absence: runs after it was put there, and again after it was taken back. */
  readonly use?: (path: string) => Sh[];
  /** What has to end before the file goes. */
  readonly leave?: (path: string) => Sh[];
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const tunnelOf = (path: string) => shWord(nameOf(path).replace(/\.conf$/, ''));
const script = (path: string) => [sh`bash -n ${shWord(path)}`];
const managed = (commands: Sh): Sh => sh`if systemd_runs; then ${commands}; fi`;

const readers: readonly Reader[] = [
  {
    of: /^\/etc\/ssh\//,
    check: () => [sh`sshd=$(command -v sshd || echo /usr/sbin/sshd)`, sh`"$sshd" -t`],
    use: () => [managed(sh`systemctl try-reload-or-restart ssh 2>/dev/null || systemctl try-reload-or-restart sshd`)],
  },
  {
    of: /^\/etc\/wireguard\/[^/]*\.conf$/,
    check: (path) => [sh`wg-quick strip ${tunnelOf(path)} >/dev/null`],
    // Sessions through the tunnel go on where only peers changed, but addresses and routes need it to come up anew.
    use: (path) => [
      sh`if [ -e ${shWord(path)} ]; then`,
      sh`  ${managed(sh`systemctl --quiet enable ${sh`wg-quick@${tunnelOf(path)}`}; systemctl restart ${sh`wg-quick@${tunnelOf(path)}`}`)}`,
      sh`fi`,
    ],
    leave: (path) => [managed(sh`systemctl --quiet disable --now ${sh`wg-quick@${tunnelOf(path)}`} || true`)],
  },
  {
    of: /^\/etc\/haproxy\//,
    check: () => [sh`haproxy -c -q -f /etc/haproxy/haproxy.cfg`],
    use: () => [managed(sh`systemctl reload-or-restart haproxy`)],
  },
  {
    // swanctl hands the file to a running charon and has no way to try it first.
    of: /\/swanctl\/conf\.d\/[^/]*\.conf$/,
    check: (path) => [
      sh`tell ${shWord(`No program tries ${path} without loading it: strongSwan judges it when it is loaded.`)}`,
    ],
    use: (path) => [
      sh`if systemd_runs && systemctl --quiet is-active strongswan; then swanctl --load-all --noprompt`,
      sh`elif [ -e ${shWord(path)} ]; then tell 'strongSwan does not run, so nobody has judged its file yet: start it by the README once its keys are in place.'`,
      sh`fi`,
    ],
  },
  {
    of: /\.nft$/,
    check: (path) => [sh`nft -c -f ${shWord(path)}`],
    use: (path) => [sh`if [ -e ${shWord(path)} ]; then nft -f ${shWord(path)}; fi`],
  },
  {
    of: /^\/etc\/firewalld\//,
    check: () => [sh`firewall-offline-cmd --check-config >/dev/null`],
    use: () => [sh`if firewall-cmd --state >/dev/null 2>&1; then firewall-cmd --quiet --reload; fi`],
  },
  {
    of: /^\/etc\/fail2ban\//,
    check: () => [sh`fail2ban-client -t >/dev/null`],
    use: () => [managed(sh`systemctl reload-or-restart fail2ban`)],
  },
  {
    of: /^\/etc\/sysctl\.d\//,
    use: (path) => [sh`if [ -e ${shWord(path)} ]; then sysctl --quiet --load=${shWord(path)}; fi`],
  },
  {
    of: /^\/etc\/systemd\/system\/[^/]*\.service$/,
    check: (path) => [sh`systemd-analyze verify ${shWord(path)}`],
    use: (path) => [
      managed(
        sh`systemctl daemon-reload; if [ -e ${shWord(path)} ]; then systemctl --quiet enable ${shWord(nameOf(path))}; fi`,
      ),
    ],
    leave: (path) => [managed(sh`systemctl --quiet disable ${shWord(nameOf(path))} || true`)],
  },
  { of: /^\/etc\/systemd\/system\//, use: () => [managed(sh`systemctl daemon-reload`)] },
  // What takes the place of a rule or a route is run; what takes it away again is not.
  {
    of: /^\/(usr\/local\/sbin|etc\/wireguard)\/(?!.*undo)/,
    check: script,
    use: (path) => [sh`if [ -e ${shWord(path)} ]; then bash ${shWord(path)}; fi`],
  },
  { of: /\.sh$/, check: script },
];

/** The program that reads a file at this place; undefined where nothing is known of it. */
export const readerOf = (path: string): Reader | undefined => readers.find(({ of }) => of.test(path));
