//! The model that understands free text: the one of the build for everybody, and one of its own for an office that teaches it.

use std::sync::{Arc, LazyLock};

use sigap_understand::classify::{Model, SEED, Training};

/// What the build has learned from `content/understanding`.
static BUILT: LazyLock<Arc<Model>> = LazyLock::new(|| {
    let bytes = include_bytes!(concat!(env!("OUT_DIR"), "/understanding.bin"));
    // The same build wrote the bytes and reads them. If they were damaged all the same, learning anew takes seconds.
    let training = training();
    let model = Model::from_bytes(bytes, &training).unwrap_or_else(|_| Model::train(&training, SEED));
    Arc::new(model)
});

/// The model of the build.
pub(crate) fn built() -> Arc<Model> {
    Arc::clone(&BUILT)
}

/// The sentences of the build; a test holds that they can be read.
pub(crate) fn training() -> Training {
    Training::embedded().unwrap_or_default()
}
