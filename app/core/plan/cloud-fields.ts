import { type Check, checkName, problem, shown } from './text.ts';

const needed = (value: string) => (value === '' ? problem('plan.required') : undefined);

/** An AWS region, such as `eu-central-1`. */
export const checkRegion: Check = (value) =>
  /^[a-z]{2}(-[a-z]{2,12}){1,3}-[0-9]{1,2}$/.test(value)
    ? undefined
    : (needed(value) ?? problem('cloud.region', { value: shown(value) }));

export const checkVpc: Check = (value) =>
  /^vpc-[0-9a-f]{8}([0-9a-f]{9})?$/.test(value)
    ? undefined
    : (needed(value) ?? problem('cloud.vpc', { value: shown(value) }));

/** An Azure location, such as `westeurope`. */
export const checkLocation: Check = (value) =>
  /^[a-z][a-z0-9]{2,40}$/.test(value)
    ? undefined
    : (needed(value) ?? problem('cloud.location', { value: shown(value) }));

/** The name of a resource or resource group: what both clouds accept for every kind that is named here. */
export const checkCloudLabel: Check = (value) => {
  if (/^[A-Za-z0-9]([A-Za-z0-9_.-]{0,62}[A-Za-z0-9_])?$/.test(value) && !/^sg-/i.test(value)) return undefined;
  return needed(value) ?? checkName(200)(value) ?? problem('cloud.label', { value: shown(value) });
};

/**
 * The id of a Google Cloud project, with its domain if it has one (docs.cloud.google.com, "Creating and managing
 * projects").
 */
export const checkProject: Check = (value) =>
  /^([a-z0-9.-]{1,63}:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(value)
    ? undefined
    : (needed(value) ?? problem('cloud.project', { value: shown(value) }));

const resource = (most: number) => new RegExp(`^[a-z]([a-z0-9-]{0,${most - 2}}[a-z0-9])?$`);

/** The name of a VPC network: the rules for any Compute Engine resource (RFC 1035, at most 63 characters). */
export const checkNetwork: Check = (value) =>
  resource(63).test(value) ? undefined : (needed(value) ?? problem('cloud.network', { value: shown(value) }));

/** A network tag that is also a prefix of rule names, which append up to 33 characters. */
export const checkNetworkTag: Check = (value) =>
  resource(30).test(value) ? undefined : (needed(value) ?? problem('cloud.tag', { value: shown(value) }));

/** Whether a client's group can be a network tag of Google Cloud. */
export const isNetworkTag = (value: string): boolean => resource(63).test(value);

/** An AWS security group by its id, an Azure application security group by its name, or a network tag of Google Cloud. */
export const checkCloudGroup: Check = (value) =>
  /^sg-[0-9a-f]{8}([0-9a-f]{9})?$/.test(value) ? undefined : checkCloudLabel(value);

export const isSecurityGroupId = (value: string): boolean => value.startsWith('sg-');
