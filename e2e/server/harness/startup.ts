import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { decodeBytes, encodeBytes } from '../../../app/core/index.ts';

/**
 * One attempt to connect, up to the server's first response. Names may contain bytes that are not UTF-8, as in
 * `decodeBytes`.
 */
export interface Startup {
  /** A socket's path, or a loopback address and the one to come from. */
  readonly to: { readonly path: string } | { readonly host: string; readonly from: string; readonly port: number };
  readonly tls: boolean;
  readonly user: string;
  readonly database: string;
  /** The client's value of `replication`; absent: not sent. */
  readonly replication?: 'true' | 'database';
}

/** Codes of the request for a method, by the method as pg_hba.conf names it (protocol-message-formats, AuthenticationX). */
const asked = new Map([
  [0, 'trust'],
  [3, 'password'],
  [5, 'md5'],
  [10, 'scram-sha-256'],
]);

const VERSION = 3 << 16;
const SSL_REQUEST = 80877103;

/** The server's first response: a method that it requests, or the text of its rejection. Nobody logs in. */
export async function firstAnswer(
  startup: Startup,
): Promise<{ readonly method: string } | { readonly refusal: string }> {
  const socket = await opened(startup);
  try {
    const secure = startup.tls ? await secured(socket) : socket;
    const words = ['user', startup.user, 'database', startup.database];
    if (startup.replication) words.push('replication', startup.replication);
    const body = encodeBytes(`${words.join('\0')}\0\0`);
    secure.write(Buffer.concat([numbers(body.length + 8, VERSION), body]));
    const message = await read(secure, (bytes) => bytes.length >= 5 && bytes.length >= 1 + bytes.readInt32BE(1));
    if (message.toString('latin1', 0, 1) === 'R') {
      const code = message.readInt32BE(5);
      return { method: asked.get(code) ?? `request ${code}` };
    }
    const fields = decodeBytes(message.subarray(5)).split('\0');
    const text = fields.find((field) => field.startsWith('M'))?.slice(1) ?? message.toString('latin1');
    // With trust nothing is requested, and later messages are about roles and databases.
    return /pg_hba\.conf/.test(text) ? { refusal: text } : { method: 'trust' };
  } finally {
    socket.destroy();
  }
}

const numbers = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeInt32BE(value, 4 * index);
  return bytes;
};

function opened({ to }: Startup): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const options = 'path' in to ? { path: to.path } : { host: to.host, port: to.port, localAddress: to.from };
    const socket = connectTcp(options, () => resolve(socket));
    socket.on('error', reject);
  });
}

async function secured(socket: Socket): Promise<Socket> {
  socket.write(numbers(8, SSL_REQUEST));
  const answer = await read(socket, (bytes) => bytes.length >= 1);
  if (answer.toString('latin1') !== 'S') throw new Error(`no TLS here: ${answer.toString('latin1')}`);
  return new Promise((resolve, reject) => {
    const secure = connectTls({ socket, rejectUnauthorized: false }, () => resolve(secure));
    secure.on('error', reject);
  });
}

function read(socket: Socket, complete: (bytes: Buffer) => boolean): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let bytes: Buffer = Buffer.alloc(0);
    const ended = () => reject(new Error('the server closed the connection without an answer'));
    const take = (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (!complete(bytes)) return;
      socket.off('data', take);
      socket.off('close', ended);
      resolve(bytes);
    };
    socket.on('data', take);
    socket.on('close', ended);
  });
}
