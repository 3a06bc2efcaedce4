/** What is wrong with the arguments of a function of the core. */
export const inputMessages = {
  'input.text': '{path} is {value}. Pass a string.',
  'input.object': '{path} is {value}. Pass an object.',
  'input.array': '{path} is {value}. Pass an array.',
  'input.list': '{path} is {value}. Pass an array of strings.',
  'input.boolean': '{path} is {value}. Pass true or false.',
  'input.choice': '{path} is {value}. Pass one of {choices}.',
  'input.major':
    '{path} is {value}, a version of PostgreSQL that Postern doesn’t support. Pass one of {choices}, as a number.',
  'input.address':
    '{path} is {value}. A TCP connection has a numeric IPv4 or IPv6 address, such as 192.0.2.10 or 2001:db8::10.',
  'input.hba': '{path} is {value}. Pass the result of parseHba.',
  'input.conf': '{path} is {value}. Pass the text of postgresql.conf, or the result of parseConf.',
  'input.hosts': '{path} is {value}. Pass the text of pg_hosts.conf, or the result of parseHosts.',
} as const;
