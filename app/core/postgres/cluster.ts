/** The cluster that Debian's packages create; elsewhere clusters have no name. */
export const MAIN_CLUSTER = 'main';
