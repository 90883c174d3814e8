//! Words that lead to choices, compiled once into a hash map. Finds the best choice for a text, or the two best.
//!
//! Deliberately simple: whole words and phrases. Understanding of whole sentences is another module's work.

use std::collections::HashMap;

use sigap_understand::spelling::is_within_one_slip;

use crate::language::Language;

use super::choice::{self, Reach, Shape};
use super::hearing::comparable;
use super::reply::Choice;
use super::state::Offered;

/// Words of a text that are looked at. A complaint of a thousand words is not searched for keywords.
const WORDS_READ_MAX: usize = 60;
/// Words of the longest phrase; longer ones are never found and refused when compiled.
const PHRASE_WORDS_MAX: usize = 6;
/// Words of a text that are compared letter by letter when nothing was found.
const WORDS_GUESSED_MAX: usize = 10;
/// Letters a word needs before a typing error in it is forgiven.
const GUESSED_LETTERS_MIN: usize = 5;
/// Choices that one text is scored for.
const SCORED_MAX: usize = 16;

/// All phrases of all languages.
#[derive(Debug, Default)]
pub struct Vocabulary {
    phrases: HashMap<Box<str>, Vec<Choice>>,
    /// Single words of some length that lead to something shown, by first letter: for typing errors.
    single: HashMap<u8, Vec<(Box<str>, Choice)>>,
    phrase_words_max: usize,
}

/// An entry that cannot be compiled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VocabularyError {
    /// No choice has that name.
    #[error("vocabulary names the choice `{0}`, which does not exist")]
    UnknownChoice(String),
    /// Nothing is left of the phrase, or it is too long to be found.
    #[error("phrase `{phrase}` of `{choice}` in language `{}` needs one to six words that carry meaning", .language.code())]
    UnusablePhrase {
        /// Whose vocabulary.
        language: Language,
        /// For which choice.
        choice: String,
        /// The phrase as written.
        phrase: String,
    },
}

/// What a text seems to want.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// Nothing known.
    None,
    /// One choice.
    One(Choice),
    /// Two equally likely ones, or close guesses.
    Two(Choice, Choice),
    /// A word with a typing error, perhaps.
    Perhaps(Choice),
    /// A sentence about what other offices do.
    Strange,
}

impl Wish {
    /// The same as something to be asked about. What has no words for a button cannot be asked about.
    pub(super) fn as_guess(self) -> Self {
        match self {
            Self::One(choice) if choice.shape() != Shape::Unseen => Self::Perhaps(choice),
            wish => wish,
        }
    }
}

impl Vocabulary {
    /// Compiles phrases. Languages are searched together: people mix them in one sentence.
    ///
    /// The loader should hand over, besides `content/vocabulary/{language}.toml`, the title of every choice as one of its
    /// phrases, so that a title that is typed works like a tap.
    ///
    /// # Errors
    /// When a choice does not exist or a phrase can never be found.
    pub fn new<Name: AsRef<str>>(
        entries: impl IntoIterator<Item = (Language, Name, Vec<String>)>,
    ) -> Result<Self, VocabularyError> {
        let mut vocabulary = Self::default();
        for (language, name, phrases) in entries {
            let name = name.as_ref();
            let choice = Choice::find(name).ok_or_else(|| VocabularyError::UnknownChoice(name.to_owned()))?;
            for phrase in phrases {
                let words = comparable(&phrase);
                let count = words.split(' ').count();
                if words.is_empty() || count > PHRASE_WORDS_MAX {
                    return Err(VocabularyError::UnusablePhrase {
                        language,
                        choice: name.to_owned(),
                        phrase,
                    });
                }
                vocabulary.add(choice, words, count);
            }
        }
        Ok(vocabulary)
    }

    fn add(&mut self, choice: Choice, words: String, count: usize) {
        self.phrase_words_max = self.phrase_words_max.max(count);
        let is_guessable = count == 1
            && words.chars().count() >= GUESSED_LETTERS_MIN
            && choice.reach() != Reach::Answer
            && choice.shape() != Shape::Unseen;
        if let Some(first) = words.bytes().next().filter(|_| is_guessable) {
            let known = self.single.entry(first).or_default();
            known.push((words.as_str().into(), choice));
        }
        let choices = self.phrases.entry(words.into_boxed_str()).or_default();
        if !choices.contains(&choice) {
            choices.push(choice);
        }
    }

    /// The choice whose phrase the whole text is. What is offered right now comes first.
    pub(super) fn exact(&self, words: &str, offered: &Offered) -> Wish {
        let Some(choices) = self.phrases.get(words) else {
            return Wish::None;
        };
        if let Some(choice) = choices.iter().find(|choice| offered.contains(**choice)) {
            return Wish::One(*choice);
        }
        let mut wishes = choices.iter().copied().filter(|choice| choice.reach() != Reach::Answer);
        match (wishes.next(), wishes.next()) {
            (Some(one), None) => Wish::One(one),
            (Some(one), Some(other)) => settle(one, other),
            (None, _) => Wish::None,
        }
    }

    /// The choice that the phrases inside the text point to.
    pub(super) fn inside(&self, words: &str, offered: &Offered) -> Wish {
        let mut scores = Scores::default();
        let mut rest = words;
        for _ in 0..WORDS_READ_MAX {
            let Some((phrase, count)) = self.longest_phrase(rest, offered) else {
                match rest.split_once(' ') {
                    Some((_, next)) => rest = next,
                    None => break,
                }
                continue;
            };
            for choice in self.heard_inside(phrase, count, offered) {
                scores.add(choice, phrase.len() * count, offered.contains(choice));
            }
            rest = rest.get(phrase.len()..).unwrap_or_default().trim_start();
            if rest.is_empty() {
                break;
            }
        }
        scores.best()
    }

    /// Choices a typing error may have hidden.
    pub(super) fn perhaps(&self, words: &str) -> Wish {
        let mut first = None;
        for word in words
            .split(' ')
            .filter(|word| word.len() >= GUESSED_LETTERS_MIN)
            .take(WORDS_GUESSED_MAX)
        {
            let known = word.bytes().next().and_then(|first| self.single.get(&first));
            for (known, choice) in known.into_iter().flatten() {
                if !is_within_one_slip(word, known) {
                    continue;
                }
                match first {
                    None => first = Some(*choice),
                    Some(one) if one != *choice => return Wish::Two(one, *choice),
                    Some(_) => {}
                }
            }
        }
        first.map_or(Wish::None, Wish::Perhaps)
    }

    /// The longest known phrase that the text begins with, and its number of words.
    fn longest_phrase<'t>(&self, text: &'t str, offered: &Offered) -> Option<(&'t str, usize)> {
        let ends = text
            .match_indices(' ')
            .map(|(at, _)| at)
            .chain(std::iter::once(text.len()));
        let mut longest = None;
        for (count, end) in ends.take(self.phrase_words_max).enumerate() {
            let phrase = text.get(..end)?;
            if self.heard_inside(phrase, count + 1, offered).next().is_some() {
                longest = Some((phrase, count + 1));
            }
        }
        longest
    }

    /// The choices of a phrase that count inside a longer text.
    fn heard_inside<'v>(
        &'v self,
        phrase: &str,
        count: usize,
        offered: &'v Offered,
    ) -> impl Iterator<Item = Choice> + use<'v> {
        let choices = self.phrases.get(phrase).map_or(&[][..], Vec::as_slice);
        choices.iter().copied().filter(move |choice| match choice.reach() {
            Reach::Answer => offered.contains(*choice),
            // *Batal*, *stop*, *Inggris* are orders when they stand alone, and ordinary words inside a sentence.
            Reach::Wish | Reach::Matter => *choice != choice::BACK && (count > 1 || !is_order_alone(*choice)),
        })
    }
}

/// How strongly a text points to each choice.
#[derive(Default)]
struct Scores {
    rows: Vec<(Choice, usize)>,
}

impl Scores {
    fn add(&mut self, choice: Choice, weight: usize, is_offered: bool) {
        let strength = match choice.reach() {
            Reach::Wish => 3,
            Reach::Matter if is_offered => 3,
            Reach::Matter => 1,
            Reach::Answer => 4,
        };
        if let Some(row) = self.rows.iter_mut().find(|row| row.0 == choice) {
            row.1 += weight * strength;
        } else if self.rows.len() < SCORED_MAX {
            self.rows.push((choice, weight * strength));
        }
    }

    fn best(mut self) -> Wish {
        // Greeting and thanks only count when they are all there is.
        if self.rows.iter().any(|row| !is_courtesy(row.0)) {
            self.rows.retain(|row| !is_courtesy(row.0));
        }
        self.merge_families();
        self.rows.sort_by_key(|row| std::cmp::Reverse(row.1));
        match (self.rows.first(), self.rows.get(1)) {
            (None, _) => Wish::None,
            // A quarter apart is a clear difference.
            (Some(best), Some(second)) if second.1 * 4 >= best.1 * 3 => settle(best.0, second.0),
            (Some(best), _) => Wish::One(best.0),
        }
    }

    /// *Syarat* and *paspor hilang* in one text mean the papers for a lost passport: the narrower takes all.
    fn merge_families(&mut self) {
        let topics: Vec<(Choice, usize)> = self
            .rows
            .iter()
            .copied()
            .filter(|row| row.0.0 == row.0.topic())
            .collect();
        for (topic, score) in topics {
            let narrower = self
                .rows
                .iter_mut()
                .filter(|row| row.0 != topic && row.0.topic() == topic.0);
            let mut has_narrower = false;
            for row in narrower {
                row.1 += score;
                has_narrower = true;
            }
            if has_narrower {
                self.rows.retain(|row| row.0 != topic);
            }
        }
    }
}

/// Choices whose single words mean them only when nothing else is said.
fn is_order_alone(choice: Choice) -> bool {
    choice == choice::MORE
        || (choice.topic() == choice::LANGUAGE.0 && choice != choice::LANGUAGE)
        || matches!(choice, choice::NOTICES_STOP | choice::NOTICES_START)
}

fn is_courtesy(choice: Choice) -> bool {
    matches!(choice, choice::GREETING | choice::THANKS | choice::ABUSE | choice::MENU)
}

/// Two choices that can both be shown are a question; one that cannot be shown decides for itself.
pub(super) fn settle(one: Choice, other: Choice) -> Wish {
    match (one.shape(), other.shape()) {
        (Shape::Unseen, _) => Wish::One(one),
        (_, Shape::Unseen) => Wish::One(other),
        _ => Wish::Two(one, other),
    }
}

#[cfg(test)]
mod tests;
