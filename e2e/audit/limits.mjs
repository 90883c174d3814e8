// What a citizen's page may cost, each with its reason. The audit fails above these; below `AIMED` it is as we want it.

/** A first visit on a prepaid plan should cost nothing that is felt; pages of peers take 20 to 30 KB (docs/style.md). */
export const BYTES_AIMED = 15_000;
export const BYTES_MAX = 30_000;

/** Each request is a round trip of 400 ms or more on a slow line. */
export const REQUESTS_MAX = 8;

/** Nobody waits longer for the answer to be there. Slow means `SLOW_LINE` and a phone that is four times slower than this machine. */
export const LARGEST_PAINT_MS_MAX = 2_000;
export const SLOW_LINE = { latency: 400, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8, offline: false };
export const SLOW_PHONE = 4;
/** Times are noisy where others work on the machine too: the median of so many. */
export const ROUNDS = 3;

/** What moves while one reads is tapped in the wrong place. */
export const LAYOUT_SHIFT_MAX = 0;

/** Fewer CSS pixels are not asked for by WCAG 2.2 (1.4.10), and hardly any phone has them. */
export const NARROW = 320;
/** The size of letters that WCAG 2.2 (1.4.4) asks for. */
export const LETTERS_PERCENT = 200;

/** Lighthouse's own 100; its performance is told and not held to anything, as it swings with the machine. */
export const SCORE_MIN = 100;
export const SCORES = ["accessibility", "best-practices", "seo"];

/** A page is quiet when nothing was asked for during this time; live streams, which never end, are not waited for. */
export const QUIET_MS = 250;
export const LOAD_MS_MAX = 30_000;
