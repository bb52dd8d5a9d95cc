import { depthRule } from './depth-rule.ts';

/** Tokens of a document; more are refused before they are parsed. */
export const MAX_TOKENS = 2_000;

/** Rules beside those of GraphQL itself, over HTTP and WebSocket alike. */
export const LIMIT_RULES = [depthRule] as const;
