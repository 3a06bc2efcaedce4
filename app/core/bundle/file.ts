import type { Message } from '../messages/message.ts';
import type { AccessModel, Reason } from '../model/model.ts';
import type { Quoted } from '../quote/template.ts';
import type { Program, Reader } from './reader.ts';

/** The machine that a file is for. `your-machine` is the administrator's own; `clients` is each client's. */
export type Machine =
  | 'your-machine'
  | 'database-server'
  | 'replicas'
  | 'vpn-gateway'
  | 'vpn-peers'
  | 'bastion'
  | 'clients';

/** The runbook. */
export const GUIDE = 'README.md';

/** The guide for the time when certificates are renewed. */
export const RENEWAL = 'certificates.md';

/** Whether a file is at the top of the bundle, with the guides: the archive of each machine contains it. */
export const isGuide = ({ path }: { readonly path: string }): boolean => !path.includes('/');

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

/** Some lines and the reason for them, which the renderer writes as a comment above them. */
export interface Block<L extends Language = Language> {
  readonly reason?: Reason;
  readonly lines: readonly Quoted<L>[];
}

/**
 * The purpose of a file that is not simply installed or run in list order.
 * - `undo`: a script that undoes what another file did.
 * - `rollout`: `apply.sh`, which installs the other files of its machine.
 * - `part`: a script next to it installs or reads it.
 * - `alternative`: does the same as other files, for users who can't use those.
 */
export type Purpose = 'undo' | 'rollout' | 'part' | 'alternative';

/**
 * When the guides use a file, if not in list order.
 * - `first`: before the other files of its machine.
 * - `check`: after `apply.sh`. It checks what was installed.
 * - `database`: SQL, run once the server has its files.
 * - `stopped`: while PostgreSQL is stopped, by hand.
 * - `renewal`: when certificates are renewed.
 * - `trust`, `way`, `test`: on client machines, how they trust the server, reach it, and test the connection.
 */
export type Phase = 'first' | 'check' | 'database' | 'stopped' | 'renewal' | 'trust' | 'way' | 'test';

/** The files of PostgreSQL itself: its settings, the line that includes them, its rules, its user name map, its certificates by host name, and so on. */
export type ServerFile = 'settings' | 'include' | 'records' | 'map' | 'hosts' | 'compose' | 'certificates';

/** What the guides say about a file in addition to its title and commands. */
export interface GuideEntry {
  /** The title of its step; default: the name of the file. */
  readonly title?: Message;
  /** What it asks at the terminal, or asks the reader; shown above the command. */
  readonly asks?: Message;
  /** What to do after it has run; shown below the command. */
  readonly after?: Message;
  /** What to know before the first step; shown once for all files with the same text. */
  readonly before?: Message;
  /** What remains to undo by hand on machines that the guide doesn't list. */
  readonly undo?: Message;
  /** What it interrupts. `alone`: nothing else that restarts on the machine matters. */
  readonly interrupts?: { readonly what: Message; readonly alone?: true };
  /** Packages that it needs, by the name that all distributions use. */
  readonly packages?: readonly string[];
  /** Roles whose passwords are set once it has run. */
  readonly passwords?: readonly string[];
}

/** How a file takes effect. */
export type Apply = 'restart' | 'reload';

/** How a script that changes files outside the bundle takes part in the guarded window of `apply.sh`. */
export interface Windowed {
  /** Absolute paths of all files that it writes, temporary ones included: a rollback restores them. */
  readonly changes: readonly string[];
  /** The services that it enables or starts. */
  readonly units?: readonly string[];
  /** The commands that it calls and that may be missing. */
  readonly programs?: readonly Program[];
  /**
   * Fails if the script would, before anything has changed; runs with the new files in place, visible only to the
   * check.
   */
  readonly check?: readonly Quoted<'sh'>[];
  /**
   * A pattern of the iptables chains that it creates besides our own: a rollback restores them, and the policies with
   * them.
   */
  readonly chains?: string;
  /** Keys that were copied next to the script, and where it installs them: removed once the change is confirmed. */
  readonly copiedKeys?: readonly { readonly name: string; readonly place: string }[];
  /** Makes the programs read those files again once they are restored; systemd may be missing, so ask `systemd_runs`. */
  readonly back?: readonly Quoted<'sh'>[];
}

/** What the scripts and guides that install a file know of it: all but its text. */
export interface FileOutline<L extends Language = Language> {
  /** Path in the archive. */
  readonly path: string;
  readonly machine: Machine;
  /** The id of its page, if it differs from that of its artifact. */
  readonly page?: string;
  /** Absolute path on the target machine, if it has one. */
  readonly target?: string;
  /** Default: installed at its target, or run. */
  readonly purpose?: Purpose;
  /** Default: list order. */
  readonly phase?: Phase;
  /** The program that reads it at its target, if that is not PostgreSQL. */
  readonly reader?: Reader;
  /** Set for a file of PostgreSQL itself. */
  readonly server?: ServerFile;
  /** `apply.sh` does the same, so it is only used for manual installation. */
  readonly covered?: true;
  /** What the guides add. */
  readonly guide?: GuideEntry;
  /** One sentence: the purpose of the file. */
  readonly title: Message;
  /** What else the reader must know before using it, below the header. */
  readonly intro?: readonly Message[];
  readonly language: L;
  /** Octal, as for `chmod`; default 0644. */
  readonly mode?: number;
  readonly apply?: Apply;
  /** What must be on the machine before a script is run; the guide states it above the command. */
  readonly prepare?: Message;
  /** Whether it is a block that is inserted into the file at the target, whose other lines are kept. */
  readonly merged?: true;
  /** The commands that run a script, if executing it is not enough. */
  readonly run?: readonly Quoted<'sh'>[];
  /** Set if `apply.sh` of the machine runs this script; a file with a target is used as its reader defines. */
  readonly window?: Windowed;
  /** Set for commands that are pasted into a shell, so no line names a program. */
  readonly pasted?: {
    /** The paths of the files that they replace, the first one at its place. */
    readonly instead: readonly string[];
    /** What shows the result, what to expect of it, and what it prints if there is nothing else. */
    readonly check: Quoted<'sh'>;
    readonly expected: Message;
    readonly output: readonly string[];
  };
}

/** A file as an artifact describes it, before the renderer gives it its header, comments and notes. */
export interface FileDraft<L extends Language = Language> extends FileOutline<L> {
  readonly blocks: readonly Block<L>[];
}

/** One target: the files that it adds for a model, none if the plan does not need it. */
export interface Artifact {
  /** The id of its page in `core/pages`. */
  readonly page?: string;
  readonly render: (model: AccessModel) => readonly FileDraft[];
}

/** Links lines of a file to the reason and the answer behind them. Lines count from 1, both ends included. */
export interface Note {
  readonly from: number;
  readonly to: number;
  readonly path: string;
  readonly message: Message;
}

/** A generated file. Screen, copy button and archive use these bytes. */
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
