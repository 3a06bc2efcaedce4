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

/** The name of a resource or of a group of resources: what both clouds take for every kind that is named here. */
export const checkCloudLabel: Check = (value) => {
  if (/^[A-Za-z0-9]([A-Za-z0-9_.-]{0,62}[A-Za-z0-9_])?$/.test(value) && !/^sg-/i.test(value)) return undefined;
  return needed(value) ?? checkName(200)(value) ?? problem('cloud.label', { value: shown(value) });
};

/** An AWS security group by its id, or an Azure application security group by its name. */
export const checkCloudGroup: Check = (value) =>
  /^sg-[0-9a-f]{8}([0-9a-f]{9})?$/.test(value) ? undefined : checkCloudLabel(value);

export const isSecurityGroupId = (value: string): boolean => value.startsWith('sg-');
