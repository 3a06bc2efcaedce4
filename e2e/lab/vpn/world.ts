import { mkdirSync, writeFileSync } from 'node:fs';
import { type BundleFile, generate, type Plan } from '../../../app/core/index.ts';
import { must } from '../../server/harness/command.ts';
import { type Deployment, deploy } from '../../server/harness/deployment.ts';
import { setHosts } from '../../server/harness/places.ts';
import { here, Lab, type Machine, router } from './machines.ts';
import { at, desk, inside, vpnOf } from './plans.ts';

/** The machines of a plan, joined as they are in the field, with a real PostgreSQL on the server. */
export interface World {
  readonly lab: Lab;
  readonly files: readonly BundleFile[];
  readonly database: Deployment;
  /** Where the tunnels end. */
  readonly gateway: Machine;
  readonly laptop: Machine;
  /** The router of the site, and a machine behind it. */
  readonly site: Machine;
  readonly desk: Machine;
  readonly end: () => Promise<void>;
}

export async function world(plan: Plan): Promise<World> {
  const { files } = generate(plan);
  const database = await deploy(plan, files);
  const lab = new Lab();
  const end = async () => {
    lab.end();
    await database.stop();
  };
  try {
    const separate = vpnOf(plan).gateway.placement === 'separate';
    const internet = await lab.machine('internet');
    const laptop = await lab.machine('laptop');
    const site = await lab.machine('site');
    const office = await lab.machine('desk');
    const gateway = separate ? await lab.machine('gateway') : here;
    router(internet);
    const online = (machine: Machine, address: string) =>
      lab.wire({ at: machine, addresses: [address], to: ['default'] }, { at: internet, to: [address] });
    online(laptop, at.laptop);
    online(site, at.site);
    online(gateway, separate ? at.gateway : at.server);
    // The file of the plan makes the router of the site one.
    lab.wire(
      { at: office, addresses: [desk.four, desk.six], to: ['default'] },
      { at: site, addresses: ['192.168.5.1', 'fd00:55::1'], to: [desk.four, desk.six] },
    );
    if (separate)
      lab.wire(
        { at: here, neighbours: ['10.0.2.1', 'fd00:0:0:2::1'] },
        { at: gateway, addresses: ['10.0.2.1', 'fd00:0:0:2::1'], to: [inside.four, inside.six] },
      );
    mkdirSync('/run/postern/vpn', { recursive: true });
    writeFileSync('/run/postern/vpn/root.crt', database.certificates.ca);
    setHosts([]);
    return { lab, files, database, gateway, laptop, site, desk: office, end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** The output of psql on a machine: the address that PostgreSQL sees, or the reason why the connection failed. */
export async function ask(
  { database }: World,
  from: Machine,
  role: string,
  target: string,
  timeout = 60,
): Promise<string> {
  const { plan } = database;
  const conninfo = `hostaddr=${target} host=${plan.server.name} port=${plan.server.port} user=${role} dbname=app sslmode=verify-full sslrootcert=/run/postern/vpn/root.crt connect_timeout=${timeout}`;
  const { code, stdout, stderr } = await from.run(
    'psql',
    ['-XAt', conninfo, '-c', "select host(inet_client_addr()), length(repeat('x', 200000))"],
    { env: { PGPASSWORD: database.passwordOf(role) } },
  );
  return code === 0 ? stdout.trim() : `refused: ${stderr.trim()}`;
}

/** Installs the files of a machine at their paths; those of one peer are in a separate folder. */
export function install(world: World, machine: Machine, folder: string): void {
  for (const { path, target, content, mode } of world.files) {
    const inside = path.startsWith(`${folder}/`) && !path.slice(folder.length + 1).includes('/');
    if (inside && target !== undefined && !target.includes('/postgresql/')) machine.place(target, content, mode);
  }
}

/** The text of a script of the bundle. */
export function scriptOf({ files }: World, path: string): string {
  const file = files.find((one) => one.path === path);
  if (!file) throw new Error(`the bundle has no ${path}`);
  return file.content;
}

/** The server no longer has its address of the tunnel but where the tunnel itself puts it. */
export function withoutLoopback(addresses: readonly string[]): void {
  for (const address of addresses)
    must('ip', ['address', 'del', `${address}/${address.includes(':') ? 128 : 32}`, 'dev', 'lo']);
}
