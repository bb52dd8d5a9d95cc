/** The page of the explorer. What it loads lies under `/graphql/assets/`. */
export const EXPLORER_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>OpsLens API</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/graphql/assets/graphiql.css">
    <style>html, body, #explorer { height: 100%; margin: 0; }</style>
  </head>
  <body>
    <div id="explorer">Loading ...</div>
    <script src="/graphql/assets/react.js"></script>
    <script src="/graphql/assets/react-dom.js"></script>
    <script src="/graphql/assets/graphiql.js"></script>
    <script type="module" src="/graphql/assets/explorer.js"></script>
  </body>
</html>
`;

/**
 * Queries go over HTTP, subscriptions over one WebSocket each, so that each carries the headers of its own tab: an API
 * key that is written in the headers editor counts for both. The examples open as tabs, unless the browser remembers others.
 */
export const EXPLORER_SCRIPT = `import { createClient } from './graphql-ws/client.js';
import { examples } from './examples.js';

const url = new URL('/graphql', location.href);
const socketUrl = new URL(url);
socketUrl.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';

const overHttp = GraphiQL.createFetcher({ url: url.href });

const overSocket = (request, headers) => ({
  subscribe(sink) {
    const client = createClient({
      url: socketUrl.href,
      connectionParams: headers,
      // It would begin anew with the first variables and repeat what was received.
      shouldRetry: () => false,
    });
    const end = client.subscribe(request, {
      next: (result) => sink.next(result),
      error: (error) => sink.error(Array.isArray(error) ? { errors: error } : asError(error)),
      complete: () => sink.complete(),
    });
    return { unsubscribe() { end(); client.dispose(); } };
  },
});

function asError(event) {
  return event && typeof event.code === 'number'
    ? new Error('The connection was closed: ' + event.code + ' ' + event.reason)
    : event;
}

function isSubscription(documentAST, operationName) {
  const operations = documentAST ? documentAST.definitions.filter((node) => node.kind === 'OperationDefinition') : [];
  const operation = operations.length === 1
    ? operations[0]
    : operations.find((node) => node.name && node.name.value === operationName);
  return operation !== undefined && operation.operation === 'subscription';
}

let written = {};

/** A key that was written in one tab counts in those that have no headers of their own. */
function headersFor({ headers = {} }) {
  if (Object.keys(headers).length > 0) written = headers;
  return written;
}

const fetcher = (request, options = {}) => {
  const headers = headersFor(options);
  return isSubscription(options.documentAST, request.operationName)
    ? overSocket(request, headers)
    : overHttp(request, { ...options, headers });
};

ReactDOM.createRoot(document.getElementById('explorer')).render(
  React.createElement(GraphiQL, {
    fetcher,
    defaultTabs: examples,
    defaultQuery: '',
    defaultEditorToolsVisibility: true,
  }),
);
`;
