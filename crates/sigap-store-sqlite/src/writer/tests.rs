//! One writer, many who wait.
