//! Load and, later, seeded simulation. Never shipped; the figures of `docs/performance.md` come from here.
