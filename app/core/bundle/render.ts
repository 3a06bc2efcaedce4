import { say } from '../messages/message.ts';
import { bicepComment } from '../quote/bicep.ts';
import type { Comment } from '../quote/comment.ts';
import { confComment } from '../quote/conf.ts';
import { haproxyComment } from '../quote/haproxy.ts';
import { hbaComment } from '../quote/hba.ts';
import { hclComment } from '../quote/hcl.ts';
import { iniComment } from '../quote/ini.ts';
import { mdComment } from '../quote/markdown.ts';
import { nftComment } from '../quote/nft.ts';
import { psComment } from '../quote/powershell.ts';
import { shComment } from '../quote/sh.ts';
import { sqlComment } from '../quote/sql.ts';
import { sshComment } from '../quote/ssh.ts';
import { swanctlComment } from '../quote/swanctl.ts';
import { xmlComment } from '../quote/xml.ts';
import { yamlComment } from '../quote/yaml.ts';
import { VERSION } from '../version.ts';
import type { BundleFile, FileDraft, Language, Note } from './file.ts';

/** How each language writes a comment. */
export const comments: { readonly [L in Language]: Comment<L> } = {
  bicep: bicepComment,
  conf: confComment,
  haproxy: haproxyComment,
  hba: hbaComment,
  hcl: hclComment,
  ini: iniComment,
  markdown: mdComment,
  nft: nftComment,
  powershell: psComment,
  sh: shComment,
  sql: sqlComment,
  ssh: sshComment,
  swanctl: swanctlComment,
  xml: xmlComment,
  yaml: yamlComment,
};

/**
 * The single renderer: header, the blocks with their reasons as comments, and the notes that link lines to answers.
 * Lines end in LF, and the file ends with one.
 */
export function renderFile(draft: FileDraft): BundleFile {
  const comment = comments[draft.language];
  const lines: string[] = [];
  const notes: Note[] = [];
  if (draft.language === 'sh' && !draft.pasted) lines.push('#!/usr/bin/env bash');
  if (draft.language === 'xml') lines.push('<?xml version="1.0" encoding="utf-8"?>');
  lines.push(...comment(say('file.header', { version: VERSION, title: draft.title.text }).text));
  for (const message of draft.intro ?? []) lines.push(...comment(message.text));
  lines.push('');
  for (const [index, block] of draft.blocks.entries()) {
    if (index > 0 && block.reason) lines.push('');
    if (block.reason && draft.language !== 'markdown') {
      // A comment is indented like the lines that it describes.
      const indent = /^ */.exec(block.lines[0] ?? '')?.[0] ?? '';
      lines.push(...comment(block.reason.message.text, indent));
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
