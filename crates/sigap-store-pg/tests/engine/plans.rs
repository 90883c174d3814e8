//! No statement reads a large table from end to end: looked at on tables that are large, with the server's own statistics.
