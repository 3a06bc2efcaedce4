import type { ConnectionType, HbaRecord, Method, RecordAddress } from './record.ts';
import type { Field, Stretch } from './token.ts';
import { plainFields } from './tokenize.ts';

/**
 * A record of a line that `plainFields` accepts. It extracts the names from the file on first use: a long file has
 * hundreds of thousands, and storing them all takes longer than reading the file.
 */
export class PlainRecord implements HbaRecord {
  readonly type: ConnectionType;
  readonly address: RecordAddress | null;
  readonly method: Method;
  readonly options: readonly string[];
  readonly unshown?: readonly string[];
  readonly remark: string | null;
  readonly #text: string;
  readonly #from: number;
  readonly #to: number;
  #databases: Field | undefined;
  #users: Field | undefined;

  constructor({ type, address, method, options, unshown, remark }: HbaRecord, { text, from, to }: Stretch) {
    this.type = type;
    this.address = address;
    this.method = method;
    this.options = options;
    if (unshown) this.unshown = unshown;
    this.remark = remark;
    this.#text = text;
    this.#from = from;
    this.#to = to;
  }

  get databases(): Field {
    if (!this.#databases) this.#cut();
    return this.#databases ?? [];
  }

  get users(): Field {
    if (!this.#users) this.#cut();
    return this.#users ?? [];
  }

  #cut(): void {
    const fields = plainFields({ text: this.#text, from: this.#from, to: this.#to }) ?? [];
    [, this.#databases, this.#users] = fields;
  }
}
