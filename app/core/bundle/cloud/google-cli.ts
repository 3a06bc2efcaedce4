import { say } from '../../messages/message.ts';
import { lines } from '../../quote/lines.ts';
import { type Sh, sh, shWord } from '../../quote/sh.ts';
import type { Block, FileDraft } from '../file.ts';
import { type Google, type GoogleRule, type GoogleTarget, MARK } from './google-rules.ts';

/** `firewall-rules.sh` and its undo: adds new rules first, then deletes those that are no longer in the plan. */
export function googleCli(cloud: Google, targets: readonly GoogleTarget[]): FileDraft<'sh'>[] {
  const shared = { machine: 'your-machine', language: 'sh', mode: 0o755 } as const;
  return [
    {
      ...shared,
      path: 'your-machine/cloud/firewall-rules.sh',
      title: say('google.title'),
      intro: [say('google.intro'), say('google.attach')],
      blocks: [
        start(cloud),
        { lines: [...looking, ...writing, ...removing] },
        ...targets.flatMap((target) => targetBlocks(target)),
      ],
    },
    {
      ...shared,
      path: 'your-machine/cloud/firewall-rules-undo.sh',
      purpose: 'undo',
      title: say('google.undoTitle'),
      blocks: [
        start(cloud),
        { lines: [...looking, ...removing] },
        {
          lines: targets.flatMap(({ tag }) => [sh`tag=${shWord(tag)}`, sh`keep=' '`, sh`remove_others`]),
          reason: { message: say('google.undo'), path: 'cloud.provider' },
        },
      ],
    },
  ];
}

const start = ({ project, network }: Google): Block<'sh'> => ({
  lines: lines(sh`
    set -euo pipefail
    command -v gcloud >/dev/null || { echo 'The Google Cloud CLI is not installed: cloud.google.com/sdk/docs/install' >&2; exit 1; }
    project=${shWord(project)} network=${shWord(network)}
    rules() { # verb and the rest of the command
      gcloud compute firewall-rules "$1" --project="$project" --quiet "\${@:2}" </dev/null
    }
  `),
});

/** A description may contain any character, so it is the last field. */
const looking = lines(sh`
  all=$(rules list --format='value[separator="|"](name,network.basename(),direction,disabled,priority,targetTags.list(),targetServiceAccounts.list(),description)')
  ours() { # the names of our rules for $tag
    local name of direction disabled priority tags accounts description
    while IFS='|' read -r name of direction disabled priority tags accounts description; do
      [ "$of $direction $tags" != "$network INGRESS $tag" ] || [[ $description != ${shWord(MARK)}* ]] || echo "$name"
    done <<<"$all"
  }
`);

const writing = lines(sh`
  rule() { # name and the rest of the rule; one that is there gets the same words again
    if grep -qxF -- "$1" <<<"$present"; then rules update "$1" --no-disabled "\${@:3}"
    else rules create "$1" --network="$network" --direction=INGRESS --action="$2" --target-tags="$tag" "\${@:3}"; fi
  }
  look_around() { # the first priority of ours; rules of others that decide before them
    local name of direction disabled priority tags accounts description
    while IFS='|' read -r name of direction disabled priority tags accounts description; do
      [ "$of $direction" = "$network INGRESS" ] && [ "$disabled" != True ] && [ "$priority" -le "$(($1 + 1))" ] || continue
      [[ ,$tags, == *",$tag,"* || -z $tags$accounts || -n $accounts ]] && [[ $description != ${shWord(MARK)}* ]] || continue
      echo "$name (priority $priority) may decide before the rules of the plan for $tag. Check what it allows." >&2
    done <<<"$all"
  }
`);

/** Previous deny rules are deleted first, or a client would have no access until they are gone. */
const removing = lines(sh`
  remove_others() { # rules of ours that are not to be kept
    local name part
    for part in deny allow; do
      while read -r name; do
        [ -n "$name" ] && [[ $keep != *" $name "* ]] || continue
        if [[ $name == "$tag-deny-"* ]]; then [ "$part" = deny ] || continue; else [ "$part" = allow ] || continue; fi
        rules delete "$name"
      done < <(ours)
    done
  }
`);

function targetBlocks({ tag, title, rules }: GoogleTarget): Block<'sh'>[] {
  return [
    {
      lines: [
        sh``,
        sh`tag=${shWord(tag)}`,
        sh`present=$(ours)`,
        sh`look_around ${Math.min(...rules.map(({ priority }) => priority))}`,
      ],
      reason: { message: title, path: 'cloud.groupName' },
    },
    ...rules.map((rule): Block<'sh'> => ({ lines: [ruleCommand(rule)], reason: rule.reason })),
    {
      lines: [
        sh`keep=${shWord(` ${rules.map(({ name }) => name).join(' ')} `)}`,
        sh`remove_others`,
        sh`echo ${shWord(`Add the network tag ${tag} to each machine that these rules are for: gcloud compute instances add-tags`)}`,
      ],
      reason: { message: say('google.remove'), path: 'cloud.provider' },
    },
  ];
}

function ruleCommand({ name, priority, action, protocol, port, source, description }: GoogleRule): Sh {
  const from =
    source.kind === 'tag'
      ? sh`--source-tags=${shWord(source.tag)}`
      : sh`--source-ranges=${shWord(source.ranges.join(','))}`;
  return sh`rule ${shWord(name)} ${shWord(action.toUpperCase())} --rules=${shWord(`${protocol}:${port}`)} --priority=${priority} ${from} --description=${shWord(description)}`;
}
