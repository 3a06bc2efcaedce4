import { lineComment } from './comment.ts';
import { type Quoted, template } from './template.ts';

export type Yaml = Quoted<'yaml'>;

/** A line or a piece of YAML. */
export const yaml = template<'yaml'>();

/** Editors load the schema that `yaml-language-server:` names at the start of a comment, and yamllint obeys its own name. */
export const yamlComment = lineComment<'yaml'>('#', (line) => line.replace(/^\s*yaml/, 'YAML'));

/** A double-quoted scalar: JSON's escapes are a subset of YAML 1.2's (section 7.3.1). */
export const yamlString = (value: string): Yaml => JSON.stringify(value) as Yaml;

/** The same for Compose, which puts variables in: a doubled `$` is one. */
export const composeString = (value: string): Yaml => yamlString(value.replaceAll('$', '$$$$'));
