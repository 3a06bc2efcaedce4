import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import { fromBase64Url, toBase64Url } from '../bytes/base64.ts';
import { LINK_LIMITS } from './limits.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A value as text for the part of a link after `#`: JSON, deflated (RFC 1951), in base64url (RFC 4648 5). */
export const pack = (value: Json): string => toBase64Url(deflateSync(strToU8(JSON.stringify(value)), { level: 9 }));

/** The value again; undefined where the text is damaged. Stops at the limit. */
export function unpack(text: string): Json | 'too large' | undefined {
  const packed = fromBase64Url(text);
  const bytes = packed && inflate(packed);
  return bytes === 'too large' ? bytes : bytes && parseJson(bytes);
}

function parseJson(bytes: Uint8Array): Json | undefined {
  try {
    return JSON.parse(strFromU8(bytes));
  } catch {
    return undefined;
  }
}

/** Unpacks piece by piece and stops at the limit: a link of a few bytes can claim gigabytes. */
function inflate(packed: Uint8Array): Uint8Array | 'too large' | undefined {
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    const stream = new Inflate((piece) => {
      size += piece.length;
      if (size > LINK_LIMITS.bytes) throw tooLarge;
      pieces.push(piece);
    });
    for (let start = 0; start < packed.length; start += 1024) {
      stream.push(packed.subarray(start, start + 1024), start + 1024 >= packed.length);
    }
  } catch (error) {
    return error === tooLarge ? 'too large' : undefined;
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

const tooLarge = new Error('too large');
