use super::*;

fn training() -> Training {
    let mut training = Training::embedded().unwrap();
    training.rows.retain(|row| row.text.len() % 7 == 0);
    training
}

#[test]
fn a_model_that_was_kept_says_the_same() {
    let training = training();
    let model = Model::train(&training, 1);
    let kept = Model::from_bytes(&model.to_bytes(), &training).unwrap();
    for row in &training.rows {
        assert_eq!(kept.judge(&row.text), model.judge(&row.text), "{}", row.text);
        assert_eq!(kept.language(&row.text), model.language(&row.text), "{}", row.text);
    }
}

#[test]
fn damaged_bytes_are_refused() {
    let training = training();
    let bytes = Model::train(&training, 1).to_bytes();
    for damaged in [&bytes[1..], &bytes[..bytes.len() - 1], &bytes[..10], &[]] {
        assert_eq!(Model::from_bytes(damaged, &training).err(), Some(NotAModel));
    }
}
