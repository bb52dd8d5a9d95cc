/** One POST to `/graphql` by somebody who wishes the server ill. */
export interface Attack {
  name: string;
  /** The body, as it is sent. */
  body: string;
  /** `extensions.code` of the refusal. */
  expectedCode: string;
}

const MOST_BYTES = 65_536;

function times(count: number, piece: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => piece(index)).join(' ');
}

function attack(name: string, expectedCode: string, query: string, variables?: object): Attack {
  return { name, expectedCode, body: JSON.stringify({ query, variables }) };
}

/** Each spreads all that come after it twice: 2^n fields where they are written out. */
function doublingFragments(count: number): string {
  const fragments = times(
    count,
    (index) => `fragment F${index} on Incident { ...F${index + 1} ...F${index + 1} }`,
  );
  return `{ incidents(first: 1) { nodes { ...F0 } } } ${fragments} fragment F${count} on Incident { id }`;
}

/** The same through fields of their own, which do not fall together when they are collected. */
function doublingFields(count: number): string {
  const deeper = (index: number) => `events(first: 1) { nodes { incident { ...F${index + 1} } } }`;
  const fragments = times(
    count,
    (index) => `fragment F${index} on Incident { a: ${deeper(index)} b: ${deeper(index)} }`,
  );
  return `{ incidents(first: 1) { nodes { ...F0 } } } ${fragments} fragment F${count} on Incident { id }`;
}

function crossingFragments(count: number): string {
  const all = times(count, (index) => `...F${index}`);
  const fragments = times(count, (index) => `fragment F${index} on Incident { id ${all} }`);
  return `{ incidents(first: 1) { nodes { ...F0 } } } ${fragments}`;
}

const FRAGMENT_CYCLE = `{ incidents { nodes { ...A } } }
  fragment A on Incident { events { nodes { incident { ...B } } } }
  fragment B on Incident { events { nodes { incident { ...A } } } }`;

const nested = (levels: number): string => `{ ${'incident { '.repeat(levels)} id ${'} '.repeat(levels)} }`;

export const ATTACKS: readonly Attack[] = [
  attack(
    '10,000 aliases',
    'PAYLOAD_TOO_LARGE',
    `{ incidents { nodes { ${times(10_000, (index) => `alias${index}: title`)} } } }`,
  ),
  attack(
    'as many aliases as a body holds',
    'TOO_COMPLEX',
    `{ incidents { nodes { ${times(7_000, (index) => `a${index.toString(36)}: id`)} } } }`,
  ),
  attack('600 aliases', 'TOO_COMPLEX', `{ ${times(600, (index) => `a${index}: __typename`)} }`),
  attack('3,000 repeated fields', 'TOO_COMPLEX', `{ incidents { nodes { ${'id '.repeat(3_000)} } } }`),
  attack('1,900 repeated fields', 'TOO_COMPLEX', `{ incidents { nodes { ${'id '.repeat(1_900)} } } }`),
  attack('30 levels deep', 'TOO_COMPLEX', `{ events { nodes ${nested(30)} } }`),
  attack('600 levels deep', 'TOO_COMPLEX', nested(600)),
  attack('20,000 levels deep', 'TOO_COMPLEX', `${'{a'.repeat(20_000)}${'}'.repeat(20_000)}`),
  attack('fragment cycle', 'GRAPHQL_VALIDATION_FAILED', FRAGMENT_CYCLE),
  attack('fragments that double', 'TOO_COMPLEX', doublingFragments(150)),
  attack('fields that double', 'TOO_COMPLEX', doublingFields(40)),
  attack('fragments that all spread each other', 'TOO_COMPLEX', crossingFragments(29)),
  attack('270 directives', 'TOO_COMPLEX', `{ __typename ${'@include(if: true) '.repeat(270)} }`),
  attack(
    '300 operations',
    'TOO_COMPLEX',
    times(300, (index) => `query Q${index} { __typename }`),
  ),
  attack(
    'fields that do not exist',
    'GRAPHQL_VALIDATION_FAILED',
    `{ incidents { nodes { ${times(400, (index) => `titel${index}`)} } } }`,
  ),
  attack(
    'lists within lists',
    'TOO_COMPLEX',
    '{ incidents(first: 100) { nodes { events(first: 100) { nodes { id } } } } }',
  ),
  attack(
    'thousands of small lists within a list',
    'TOO_COMPLEX',
    `{ incidents(first: 100) { nodes { ${times(29, (index) => `a${index}: timeline(first: 1) { nodes { id } }`)} } } }`,
  ),
  attack(
    'the schema twenty times',
    'TOO_COMPLEX',
    `{ ${times(20, (index) => `a${index}: __schema { types { fields { args { name } } } }`)} }`,
  ),
  attack(
    'huge variables',
    'BAD_USER_INPUT',
    'query($service: [String!]) { incidents(filter: { service: $service }) { nodes { id } } }',
    { service: Array.from({ length: 10_000 }, (_, index) => String(index).slice(-2)) },
  ),
  {
    name: 'deeply nested variables',
    expectedCode: 'BAD_USER_INPUT',
    body: `{"query":"query($filter: IncidentFilter) { incidents(filter: $filter) { nodes { id } } }","variables":{"filter":${'['.repeat(30_000)}${']'.repeat(30_000)}}}`,
  },
  attack('variables over 64 KB', 'PAYLOAD_TOO_LARGE', '{ __typename }', { text: 'x'.repeat(MOST_BYTES) }),
  {
    name: 'a batch of 100 operations',
    expectedCode: 'BATCHING_NOT_SUPPORTED',
    body: JSON.stringify(Array.from({ length: 100 }, () => ({ query: '{ incidents { nodes { id } } }' }))),
  },
  { name: 'brackets instead of JSON', expectedCode: 'BAD_REQUEST', body: '['.repeat(60_000) },
];
