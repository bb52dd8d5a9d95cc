/** Tells a person who waits what is going on, one line at a time. */
export type Progress = (message: string) => void;
