import { readFileSync } from 'node:fs';

/** A fenced block of the webhooks guide. */
export interface GuideBlock {
  /** The nearest heading above it. */
  heading: string;
  language: string;
  text: string;
}

export interface Guide {
  /** The nth block of a language under a heading; taken blocks are remembered. */
  take(heading: string, language: string, nth?: number): string;
  /** Blocks that nobody took. */
  untaken(): GuideBlock[];
}

/** What is about webhooks that OpsLens sends; all other blocks are about those that it gets. */
export const OUTGOING_HEADINGS = [
  'Webhook Payload Format',
  'Setting Up Outgoing Webhooks',
  'Webhook Security',
  'Slack Integration',
];

/** The user's guide, as it was given to us. */
export function openGuide(): Guide {
  const blocks = parseBlocks(readFileSync(new URL('../fixtures/webhooks-guide.md', import.meta.url), 'utf8'));
  const taken = new Set<GuideBlock>();
  return {
    take(heading, language, nth = 0) {
      const block = blocks.filter((one) => one.heading === heading && one.language === language)[nth];
      if (block === undefined) throw new Error(`the guide has no ${language} block ${nth} under ${heading}`);
      taken.add(block);
      return block.text;
    },
    untaken: () => blocks.filter((block) => !taken.has(block)),
  };
}

function parseBlocks(markdown: string): GuideBlock[] {
  const blocks: GuideBlock[] = [];
  let heading = '';
  let open: { language: string; lines: string[] } | null = null;
  for (const line of markdown.split('\n')) {
    const fence = /^```(\w*)$/.exec(line);
    if (open !== null) {
      if (fence === null) {
        open.lines.push(line);
        continue;
      }
      blocks.push({ heading, language: open.language, text: open.lines.join('\n') });
      open = null;
    } else if (fence !== null) {
      open = { language: fence[1] ?? '', lines: [] };
    } else {
      heading = /^#+ (.*)$/.exec(line)?.[1] ?? heading;
    }
  }
  return blocks;
}
