import { say } from '../messages/message.ts';
import { VERSION } from '../version.ts';
import type { BundleFile, FileDraft, Language, Note } from './file.ts';

/** How each language starts a comment line. Markdown and XML have comments with an end. */
const commentStart: Readonly<Record<Exclude<Language, 'markdown' | 'xml'>, string>> = {
  bicep: '//',
  conf: '#',
  haproxy: '#',
  hba: '#',
  hcl: '#',
  ini: '#',
  nft: '#',
  powershell: '#',
  sh: '#',
  sql: '--',
  ssh: '#',
  swanctl: '#',
  yaml: '#',
};

const COLUMNS = 100;

/**
 * The one renderer: header, the blocks with their reasons as comments, and the notes that tie lines to answers.
 * Lines end in LF, and the file ends with one.
 */
export function renderFile(draft: FileDraft): BundleFile {
  const lines: string[] = [];
  const notes: Note[] = [];
  if (draft.language === 'sh') lines.push('#!/usr/bin/env bash');
  if (draft.language === 'xml') lines.push('<?xml version="1.0" encoding="utf-8"?>');
  lines.push(...comment(draft.language, say('file.header', { version: VERSION, title: draft.title.text }).text));
  for (const message of draft.intro ?? []) lines.push(...comment(draft.language, message.text));
  lines.push('');
  for (const [index, block] of draft.blocks.entries()) {
    if (index > 0 && block.reason) lines.push('');
    if (block.reason && draft.language !== 'markdown') {
      // A comment stands as deep as what it is about.
      const indent = /^ */.exec(block.lines[0] ?? '')?.[0] ?? '';
      lines.push(...comment(draft.language, block.reason.message.text, indent));
    }
    const from = lines.length + 1;
    lines.push(...block.lines.flatMap((line) => line.split('\n')));
    if (block.reason && lines.length >= from)
      notes.push({ from, to: lines.length, path: block.reason.path, message: block.reason.message });
  }
  return {
    path: draft.path,
    machine: draft.machine,
    ...(draft.target === undefined ? {} : { target: draft.target }),
    title: draft.title.text,
    titleMessage: draft.title,
    language: draft.language,
    ...(draft.mode === undefined ? {} : { mode: draft.mode }),
    ...(draft.apply === undefined ? {} : { apply: draft.apply }),
    content: `${lines.join('\n')}\n`,
    notes,
  };
}

/**
 * Comment lines of at most 100 columns. From 14 on a backslash at the end of a line of `pg_hba.conf` joins the next line
 * to it, in comments too, so no comment line ends with one; and no text can end an HTML comment early.
 */
function comment(language: Language, text: string, indent = ''): string[] {
  if (language === 'markdown' || language === 'xml') return [`${indent}<!-- ${text.replaceAll('--', '- -')} -->`];
  const start = indent + commentStart[language];
  // Windows PowerShell reads a script in the code page of the system, where the bytes of other letters may end a line.
  const shown = language === 'powershell' ? text.replace(/[^ -~]/gu, '?') : text;
  return wrap(shown, COLUMNS - start.length - 1).map((line) => `${start} ${line.endsWith('\\') ? `${line}.` : line}`);
}

function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
