import { say } from '../../messages/message.ts';
import { lines } from '../../quote/lines.ts';
import { sh, shWord } from '../../quote/sh.ts';
import { join } from '../../quote/template.ts';
import type { Artifact, Block, FileDraft } from '../file.ts';
import {
  ADDRESS,
  type AzureSite,
  type AzureVpn,
  azureVpnOf,
  GATEWAY,
  keysFirst,
  POLICY,
  SKU,
  SUBNET,
} from './azure-vpn.ts';

/** `vpn-gateway.sh` and its undo. */
export const azureVpnCli: Artifact = {
  page: 'azure-vpn',
  render(model) {
    const vpn = azureVpnOf(model);
    if (vpn?.software.format !== 'cli') return [];
    const shared = { machine: 'your-machine', language: 'sh', mode: 0o755 } as const;
    const files: FileDraft<'sh'>[] = [
      {
        ...shared,
        path: 'your-machine/cloud/vpn-gateway.sh',
        title: say('azureVpn.title'),
        intro: [say('azureVpn.intro'), say('azureVpn.cost'), say('azureVpn.limits')],
        ...keysFirst(vpn),
        blocks: [
          start(vpn, true),
          { lines: looking },
          { lines: gateway, reason: { message: say('azureVpn.gateway'), path: 'network.software.gatewaySubnet' } },
          { lines: siteFunction },
          ...vpn.sites.map(site),
          { lines: removing, reason: { message: say('azureVpn.remove'), path: 'network.peers' } },
          {
            lines: [sh`keep=${shWord(` ${vpn.sites.map(({ name }) => name).join(' ')} `)}`, sh`remove_others`],
          },
          { lines: closing },
        ],
      },
      {
        ...shared,
        path: 'your-machine/cloud/vpn-gateway-undo.sh',
        purpose: 'undo',
        title: say('azureVpn.undoTitle'),
        intro: [say('azureVpn.undoIntro')],
        blocks: [
          start(vpn, false),
          { lines: looking },
          { lines: removing },
          { lines: [sh`keep=' '`, sh`remove_others`] },
          { lines: takeBack, reason: { message: say('azureVpn.undo'), path: 'network.software.kind' } },
        ],
      },
    ];
    return files;
  },
};

const start = ({ software }: AzureVpn, making: boolean): Block<'sh'> => ({
  lines: [
    ...lines(sh`
    set -euo pipefail
    command -v az >/dev/null || { echo 'The Azure CLI is not installed: learn.microsoft.com/cli/azure' >&2; exit 1; }
    resources=${shWord(software.resourceGroup)}
    network=${shWord(software.virtualNetwork)}
    gateway=${shWord(GATEWAY)}
    address=${shWord(ADDRESS)}
  `),
    ...(making ? [sh`location=${shWord(software.location)}`, sh`subnet=${shWord(software.gatewaySubnet)}`] : []),
  ],
});

/** Queries run outside of any condition, so that a failed one stops the script. */
const looking = lines(sh`
  names() { az network "$@" list --resource-group "$resources" --query '[].name' --output tsv; }
  has() { grep -qixF -- "$2" <<<"$1"; } # names, one of them
  addresses=$(names public-ip)
  gateways=$(names vnet-gateway)
  locals=$(names local-gateway)
  connections=$(names vpn-connection)
  subnets=$(az network vnet subnet list --resource-group "$resources" --vnet-name "$network" --query '[].[name,addressPrefix]' --output tsv)
`);

const gateway = lines(sh`
  present=$(awk '$1 == "${shWord(SUBNET)}" { print $2 }' <<<"$subnets")
  if [ -z "$present" ]; then
    az network vnet subnet create --resource-group "$resources" --vnet-name "$network" --name ${shWord(SUBNET)} --address-prefixes "$subnet" --output none
  elif [ "$present" != "$subnet" ]; then
    echo "$network already has a ${shWord(SUBNET)}: $present. It is kept." >&2
  fi
  has "$addresses" "$address" ||
    az network public-ip create --resource-group "$resources" --name "$address" --location "$location" --sku Standard --allocation-method Static --version IPv4 --zone 1 2 3 --output none
  has "$gateways" "$gateway" ||
    az network vnet-gateway create --resource-group "$resources" --name "$gateway" --location "$location" --vnet "$network" --public-ip-addresses "$address" --gateway-type Vpn --vpn-type RouteBased --sku ${shWord(SKU)} --output none
`);

/**
 * Azure's CLI reads the value of an option from a file that `@` precedes, so the key is in no command line; the file is
 * deleted at the end (learn.microsoft.com, "Use the Azure CLI successfully", load from a file).
 */
const siteFunction = lines(sh`
  keys=$(mktemp -d)
  trap 'rm -rf "$keys"' EXIT
  key_of() { # label; sets $key
    local again=0
    while :; do
      read -r -s -p "Key of $1 (enter-key.sh --make there shows it): " key
      echo >&2
      if [[ $key =~ ^[A-Za-z0-9+/]{43}=$ ]]; then return; fi
      echo 'This is not a key that enter-key.sh printed.' >&2
      again=$((again + 1))
      [ "$again" -lt 3 ] || return 1
    done
  }
  site() { # name, label, how it is called, its address or name, networks
    local name=$1 label=$2 how=$3 host=$4 key policies
    shift 4
    az network local-gateway create --resource-group "$resources" --name "$name" --location "$location" "$how" "$host" --local-address-prefixes "$@" --output none
    if ! has "$connections" "$name"; then
      key_of "$label"
      (umask 077; printf '%s' "$key" >"$keys/key")
      az network vpn-connection create --resource-group "$resources" --name "$name" --location "$location" --vnet-gateway1 "$gateway" --local-gateway2 "$name" --shared-key "@$keys/key" --output none
      rm -f "$keys/key"
    fi
    policies=$(az network vpn-connection ipsec-policy list --resource-group "$resources" --connection-name "$name" --query 'length(@)' --output tsv)
    [ "$policies" = 0 ] || return 0
    az network vpn-connection ipsec-policy add --resource-group "$resources" --connection-name "$name" \
      --ike-encryption ${shWord(POLICY.ikeEncryption)} --ike-integrity ${shWord(POLICY.ikeIntegrity)} --dh-group ${shWord(POLICY.dhGroup)} \
      --ipsec-encryption ${shWord(POLICY.ipsecEncryption)} --ipsec-integrity ${shWord(POLICY.ipsecIntegrity)} --pfs-group ${shWord(POLICY.pfsGroup)} \
      --sa-lifetime ${POLICY.saLifeTimeSeconds} --sa-max-size ${POLICY.saDataSizeKilobytes} --output none
  }
`);

const site = ({ name, label, host, networks, path }: AzureSite): Block<'sh'> => ({
  lines: [
    sh`site ${shWord(name)} ${shWord(label)} ${host.kind === 'address' ? sh`--gateway-ip-address` : sh`--fqdn`} ${shWord(host.text)} ${join(networks.map(shWord), ' ')}`,
  ],
  reason: { message: say('azureVpn.site', { name: label, networks: networks.join(', ') }), path },
});

const removing = lines(sh`
  remove_others() { # connections and sites of ours that are not to be kept
    local name
    while read -r name; do
      [[ $name == postern-site-* && $keep != *" $name "* ]] || continue
      az network vpn-connection delete --resource-group "$resources" --name "$name" --output none </dev/null
    done <<<"$connections"
    while read -r name; do
      [[ $name == postern-site-* && $keep != *" $name "* ]] || continue
      az network local-gateway delete --resource-group "$resources" --name "$name" --output none </dev/null
    done <<<"$locals"
  }
`);

const closing = lines(sh`
  printf 'The public address of the gateway, for the plan: '
  az network public-ip show --resource-group "$resources" --name "$address" --query ipAddress --output tsv
`);

const takeBack = lines(sh`
  if has "$gateways" "$gateway"; then
    az network vnet-gateway delete --resource-group "$resources" --name "$gateway" --output none
  fi
  if has "$addresses" "$address"; then
    az network public-ip delete --resource-group "$resources" --name "$address" --output none
  fi
`);
