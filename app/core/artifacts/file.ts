import type { Reason } from '../access/model.ts';
import type { Message } from '../messages/message.ts';
import type { Quoted } from '../quote/template.ts';

/** The machine a file belongs on. `your-machine` is the administrator's own; `clients` is each client's. */
export type Machine =
  | 'your-machine'
  | 'database-server'
  | 'replicas'
  | 'vpn-gateway'
  | 'vpn-peers'
  | 'bastion'
  | 'clients';

/** Language of a file, for comments and highlighting. */
export type Language =
  | 'bicep'
  | 'conf'
  | 'haproxy'
  | 'hba'
  | 'hcl'
  | 'ini'
  | 'markdown'
  | 'nft'
  | 'powershell'
  | 'sh'
  | 'sql'
  | 'ssh'
  | 'swanctl'
  | 'xml'
  | 'yaml';

/** Some lines and the reason for them, which the renderer writes above them as a comment. */
export interface Block<L extends Language = Language> {
  readonly reason?: Reason;
  readonly lines: readonly Quoted<L>[];
}

/** What taking a file into use needs. */
export type Apply = 'restart' | 'reload';

/** How a script that changes more than the files of the bundle takes part in the guarded window of `apply.sh`. */
export interface Windowed {
  /** Absolute paths of the files that it writes: they are kept before it runs, and come back. */
  readonly changes: readonly string[];
  /** What makes the programs read those files again once they are back; systemd may be missing, so ask `systemd_runs`. */
  readonly back: readonly Quoted<'sh'>[];
}

/** A file as an artifact describes it, before the renderer gives it its header, comments and notes. */
export interface FileDraft<L extends Language = Language> {
  /** Where it stands in the archive. */
  readonly path: string;
  readonly machine: Machine;
  /** The id of its page, where it is not that of its artifact. */
  readonly page?: string;
  /** Absolute path on that machine, where it has one. */
  readonly target?: string;
  /** One sentence: what the file is for. */
  readonly title: Message;
  /** What else the reader must know before using it, below the header. */
  readonly intro?: readonly Message[];
  readonly language: L;
  /** Octal, as `chmod` takes it; 0644 where absent. */
  readonly mode?: number;
  readonly apply?: Apply;
  /** The commands that put a script to use, where running it as it stands is not all. */
  readonly run?: readonly Quoted<'sh'>[];
  /** Set where `apply.sh` of the machine runs this script; a file with a target is used as its place says (apply/readers.ts). */
  readonly window?: Windowed;
  readonly blocks: readonly Block<L>[];
}

/** Ties lines of a file to the reason and the answer behind them. Lines count from 1, both ends included. */
export interface Note {
  readonly from: number;
  readonly to: number;
  readonly path: string;
  readonly message: Message;
}

/** A file to take away. Screen, copy button and archive use these bytes. */
export interface BundleFile {
  readonly path: string;
  readonly machine: Machine;
  /** The id of its page. */
  readonly page?: string;
  readonly target?: string;
  readonly title: string;
  readonly titleMessage: Message;
  readonly language: Language;
  readonly mode?: number;
  readonly apply?: Apply;
  readonly content: string;
  readonly notes: readonly Note[];
}
