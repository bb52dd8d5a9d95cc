/** Items of a page that says nothing of its size, and most that one may have. */
export const DEFAULT_PAGE_SIZE = 25;
export const MAX_PAGE_SIZE = 100;
