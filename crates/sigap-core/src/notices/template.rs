//! A template at Meta as we know it: what it says, how far its approval is, what was heard of it and when. A notice leaves the
//! window only by one that is approved and of which we know what goes into each hole.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::limits::{TEMPLATE_EDITS_MONTH_MAX, TEMPLATE_HISTORY_MAX};

/// The category in which notices are submitted.
pub const UTILITY: &str = "UTILITY";
/// A template may be edited once in so long (Meta, template limits).
const EDIT_PAUSE: SignedDuration = SignedDuration::from_hours(24);
/// Edits are counted over so long.
const EDIT_SPAN: SignedDuration = SignedDuration::from_hours(30 * 24);
/// A submission of which nothing was heard for so long may be made again: the process that made it is gone.
const SUBMISSION_MAX: SignedDuration = SignedDuration::from_mins(5);

/// How far a template is, in Meta's view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateState {
    /// Meta has none of this name and language.
    #[default]
    NotSubmitted,
    /// Meta looks at it.
    Pending,
    /// It may be sent.
    Approved,
    /// Meta said no.
    Rejected,
    /// Too many people complained: for hours.
    Paused,
    /// For good.
    Disabled,
}

impl TemplateState {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::NotSubmitted,
        Self::Pending,
        Self::Approved,
        Self::Rejected,
        Self::Paused,
        Self::Disabled,
    ];

    /// The word in storage and keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotSubmitted => "not_submitted",
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Paused => "paused",
            Self::Disabled => "disabled",
        }
    }

    /// The state of that word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// The state of Meta's word, in lists and in webhooks; `None` for words that change nothing.
    #[must_use]
    pub fn from_meta(word: &str) -> Option<Self> {
        Some(match word.to_ascii_uppercase().as_str() {
            "APPROVED" | "REINSTATED" | "UNPAUSED" => Self::Approved,
            "PENDING" | "IN_APPEAL" | "IN_REVIEW" => Self::Pending,
            "REJECTED" => Self::Rejected,
            "PAUSED" | "FLAGGED" => Self::Paused,
            "DISABLED" | "LIMIT_EXCEEDED" | "LOCKED" => Self::Disabled,
            "DELETED" | "PENDING_DELETION" | "ARCHIVED" => Self::NotSubmitted,
            _ => return None,
        })
    }
}

/// What a template says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateText {
    /// The words with `{{1}}`, `{{2}}` … where something is filled in.
    pub body: String,
    /// What goes into each hole, by the name of the argument.
    pub holes: Vec<String>,
    /// An example of each.
    #[serde(default)]
    pub examples: Vec<String>,
    /// The quick replies.
    pub buttons: Vec<TemplateButton>,
}

/// A quick reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateButton {
    /// The choice that comes back.
    pub choice: String,
    /// The words on it.
    pub title: String,
}

/// A template as Meta tells it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RemoteTemplate {
    /// Meta's id of it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its language.
    pub language: String,
    /// Meta's word for its state.
    pub status: String,
    /// Meta's word for its category.
    pub category: String,
    /// `GREEN`, `YELLOW`, `RED`, when it is known.
    pub quality: Option<String>,
    /// Why it was refused.
    pub reason: Option<String>,
    /// Its words.
    pub body: String,
    /// The words on its quick replies.
    pub buttons: Vec<String>,
}

impl RemoteTemplate {
    /// Whether it says just that.
    #[must_use]
    pub fn says(&self, text: &TemplateText) -> bool {
        self.body == text.body && self.buttons.iter().eq(text.buttons.iter().map(|button| &button.title))
    }
}

/// What was heard of a template, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateEvent {
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub what: EventKind,
    /// The state since then.
    pub state: TemplateState,
    /// Meta's words about it: a reason, a category, a quality, an answer.
    #[serde(default)]
    pub words: String,
    /// Who did it; nobody when Meta did.
    #[serde(default)]
    pub staff: Option<i64>,
}

/// What happened to a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// Somebody wants it submitted.
    Wanted,
    /// It was submitted.
    Submitted,
    /// An edit was submitted.
    Edited,
    /// Meta did not take it.
    Refused,
    /// Its state changed.
    Changed,
    /// Its category changed.
    Category,
    /// Its quality changed.
    Quality,
    /// Its words at Meta changed.
    Words,
    /// Meta refused to send it.
    NotSent,
    /// The head of the office allows it as marketing.
    Allowed,
}

impl EventKind {
    /// The word in keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wanted => "wanted",
            Self::Submitted => "submitted",
            Self::Edited => "edited",
            Self::Refused => "refused",
            Self::Changed => "changed",
            Self::Category => "category",
            Self::Quality => "quality",
            Self::Words => "words",
            Self::NotSent => "not_sent",
            Self::Allowed => "allowed",
        }
    }
}

/// Somebody's wish that it be submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// Since when.
    pub at: Timestamp,
    /// Whose.
    pub staff: i64,
    /// When the call to Meta was begun.
    #[serde(default)]
    pub begun_at: Option<Timestamp>,
}

/// Everything known of one template of one account. Stored as JSON: add fields with a default, never rename.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TemplateFacts {
    /// How far it is.
    pub state: TemplateState,
    /// Meta's id of it.
    pub meta_id: Option<String>,
    /// Meta's category of it; empty while Meta has none.
    pub category: String,
    /// Meta's word for how people take it.
    pub quality: Option<String>,
    /// Why it is where it is, in Meta's words.
    pub reason: Option<String>,
    /// What it says at Meta; `None` when that is not known, or not ours: then nobody knows what goes into its holes.
    pub text: Option<TemplateText>,
    /// Since when it is in this state.
    pub changed_at: Option<Timestamp>,
    /// Somebody wants it submitted.
    pub wish: Option<Wish>,
    /// Whether the head of the office allows it as marketing.
    pub may_be_marketing: bool,
    /// What was heard of it, the oldest first.
    pub history: Vec<TemplateEvent>,
}

/// Why a template is not submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotNow {
    /// It is being submitted, or Meta looks at it.
    UnderWay,
    /// Meta has it, word for word.
    Same,
    /// Meta refused just these words: they have to change first.
    Rejected,
    /// Meta takes no edits of it any more.
    Disabled,
    /// It may be edited again then.
    Until(Timestamp),
}

/// A template filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// What goes into its holes, in order.
    pub values: Vec<String>,
    /// The choices of its quick replies, in order.
    pub choices: Vec<String>,
}

/// What stands in a hole for which there is nothing to say: a template cannot leave a line out, and Meta takes no empty value.
const NOTHING: &str = "-";

impl TemplateFacts {
    /// Whether Meta took it for something else than a utility and nobody allowed that.
    #[must_use]
    pub fn is_in_wrong_category(&self) -> bool {
        !self.category.is_empty() && self.category != UTILITY && !self.may_be_marketing
    }

    /// Whether it may be sent.
    #[must_use]
    pub fn is_sendable(&self) -> bool {
        self.state == TemplateState::Approved && !self.is_in_wrong_category() && self.text.is_some()
    }

    /// Whether what Meta has is not what the office says now.
    #[must_use]
    pub fn differs_from(&self, ours: &TemplateText) -> bool {
        let is_at_meta = self.state != TemplateState::NotSubmitted;
        is_at_meta
            && self
                .text
                .as_ref()
                .is_none_or(|text| text.body != ours.body || text.buttons != ours.buttons)
    }

    /// Fills it in, by the names of its holes and buttons; `None` when it may not be sent, or asks for a choice that is not offered.
    #[must_use]
    pub fn fill(&self, values: &[(String, String)], choices: &[String]) -> Option<Filled> {
        let text = self.text.as_ref().filter(|_| self.is_sendable())?;
        let value = |hole: &String| {
            let given = values.iter().find(|(name, words)| name == hole && !words.is_empty());
            given.map_or_else(|| NOTHING.to_owned(), |(_, words)| words.clone())
        };
        let name = |choice: &str| choice.split(':').next().unwrap_or_default().to_owned();
        let choices: Option<Vec<String>> = text
            .buttons
            .iter()
            .map(|button| {
                choices
                    .iter()
                    .find(|choice| name(choice) == name(&button.choice))
                    .cloned()
            })
            .collect();
        Some(Filled {
            values: text.holes.iter().map(value).collect(),
            choices: choices?,
        })
    }

    /// Whether it may be submitted, or edited, with these words.
    ///
    /// # Errors
    /// Why not.
    pub fn may_submit(&self, ours: &TemplateText, now: Timestamp) -> Result<(), NotNow> {
        if self.wish.is_some() || self.state == TemplateState::Pending {
            return Err(NotNow::UnderWay);
        }
        match self.state {
            TemplateState::NotSubmitted => return Ok(()),
            TemplateState::Disabled => return Err(NotNow::Disabled),
            TemplateState::Rejected if !self.differs_from(ours) => return Err(NotNow::Rejected),
            _ if !self.differs_from(ours) => return Err(NotNow::Same),
            _ => {}
        }
        let edits: Vec<Timestamp> = self
            .history
            .iter()
            .filter(|event| event.what == EventKind::Edited && now.duration_since(event.at) < EDIT_SPAN)
            .map(|event| event.at)
            .collect();
        let later = |at: Timestamp, by| at.saturating_add(by).unwrap_or(Timestamp::MAX);
        if edits.len() >= TEMPLATE_EDITS_MONTH_MAX {
            let oldest = edits.first().copied().unwrap_or(now);
            return Err(NotNow::Until(later(oldest, EDIT_SPAN)));
        }
        match edits.last().map(|last| later(*last, EDIT_PAUSE)) {
            Some(until) if until > now => Err(NotNow::Until(until)),
            _ => Ok(()),
        }
    }

    /// Notes that somebody wants it submitted.
    pub fn want(&mut self, staff: i64, now: Timestamp) {
        self.wish = Some(Wish {
            at: now,
            staff,
            begun_at: None,
        });
        self.note(now, EventKind::Wanted, "", Some(staff));
    }

    /// Begins the call to Meta that somebody wants; false when there is none to make, or another process makes it.
    pub fn begin(&mut self, now: Timestamp) -> bool {
        let Some(wish) = &mut self.wish else { return false };
        if wish
            .begun_at
            .is_some_and(|begun| now.duration_since(begun) < SUBMISSION_MAX)
        {
            return false;
        }
        wish.begun_at = Some(now);
        true
    }

    /// Meta took the words.
    pub fn submitted(&mut self, ours: TemplateText, remote: &RemoteTemplate, is_edit: bool, now: Timestamp) {
        let staff = self.wish.take().map(|wish| wish.staff);
        if !remote.id.is_empty() {
            self.meta_id = Some(remote.id.clone());
        }
        if !remote.category.is_empty() {
            self.category.clone_from(&remote.category);
        }
        self.text = Some(ours);
        self.reason = None;
        self.state = TemplateState::from_meta(&remote.status).unwrap_or(TemplateState::Pending);
        self.changed_at = Some(now);
        let what = if is_edit {
            EventKind::Edited
        } else {
            EventKind::Submitted
        };
        self.note(now, what, "", staff);
    }

    /// Meta did not take the words.
    pub fn refused(&mut self, words: &str, now: Timestamp) {
        let staff = self.wish.take().map(|wish| wish.staff);
        self.note(now, EventKind::Refused, words, staff);
    }

    /// Meta told all of it; true when something is new.
    pub fn compare(&mut self, remote: Option<&RemoteTemplate>, ours: &TemplateText, now: Timestamp) -> bool {
        let was = self.clone();
        let Some(remote) = remote else {
            self.meta_id = None;
            self.text = None;
            self.category.clear();
            self.quality = None;
            self.change_state(TemplateState::NotSubmitted, None, now);
            return *self != was;
        };
        self.meta_id = Some(remote.id.clone());
        self.change_category(&remote.category, now);
        if let Some(quality) = &remote.quality {
            self.change_quality(quality, now);
        }
        if remote.says(ours) {
            self.text = Some(ours.clone());
        } else if self.text.as_ref().is_some_and(|known| !remote.says(known)) {
            self.text = None;
            self.note(now, EventKind::Words, "", None);
        }
        let state = TemplateState::from_meta(&remote.status).unwrap_or(self.state);
        self.change_state(state, remote.reason.as_deref(), now);
        *self != was
    }

    /// Notes a state; nothing when it is the one that is known, for the reason that is known.
    pub fn change_state(&mut self, state: TemplateState, reason: Option<&str>, now: Timestamp) {
        if self.state == state && (reason.is_none() || self.reason.as_deref() == reason) {
            return;
        }
        self.state = state;
        self.reason = reason.map(str::to_owned);
        self.changed_at = Some(now);
        self.note(now, EventKind::Changed, reason.unwrap_or_default(), None);
    }

    /// Notes a category. What was allowed was another one.
    pub fn change_category(&mut self, category: &str, now: Timestamp) {
        if category.is_empty() || self.category == category {
            return;
        }
        let is_first = self.category.is_empty();
        category.clone_into(&mut self.category);
        self.may_be_marketing = false;
        if !is_first || category != UTILITY {
            self.note(now, EventKind::Category, category, None);
        }
    }

    /// Notes a quality.
    pub fn change_quality(&mut self, quality: &str, now: Timestamp) {
        if self.quality.as_deref() == Some(quality) {
            return;
        }
        let is_first = self.quality.is_none();
        self.quality = Some(quality.to_owned());
        // Meta calls a template that nobody complained about unknown, then green: that is no news.
        if !is_first || !matches!(quality, "UNKNOWN" | "GREEN") {
            self.note(now, EventKind::Quality, quality, None);
        }
    }

    /// Meta refused to send it, with a code that is about the template.
    pub fn not_sent(&mut self, code: i64, now: Timestamp) {
        let state = match code {
            132_001 => TemplateState::NotSubmitted,
            132_007 => TemplateState::Rejected,
            131_064 | 132_015 => TemplateState::Paused,
            132_016 => TemplateState::Disabled,
            _ => self.state,
        };
        if is_about_words(code) {
            // What we fill in is not what it asks for.
            self.text = None;
        }
        if state != self.state {
            self.state = state;
            self.changed_at = Some(now);
        }
        self.reason = Some(code.to_string());
        self.note(now, EventKind::NotSent, &code.to_string(), None);
    }

    /// The head of the office allows it as marketing.
    pub fn allow_marketing(&mut self, staff: i64, now: Timestamp) {
        self.may_be_marketing = true;
        let category = self.category.clone();
        self.note(now, EventKind::Allowed, &category, Some(staff));
    }

    fn note(&mut self, at: Timestamp, what: EventKind, words: &str, staff: Option<i64>) {
        if self.history.len() >= TEMPLATE_HISTORY_MAX {
            self.history.remove(0);
        }
        self.history.push(TemplateEvent {
            at,
            what,
            state: self.state,
            words: words.to_owned(),
            staff,
        });
    }
}

/// Whether a code of Meta's is about one template: it is not sent again before something about it changed.
#[must_use]
pub const fn is_about_template(code: i64) -> bool {
    matches!(
        code,
        132_000 | 132_001 | 132_007 | 132_008 | 132_012 | 132_015 | 132_016 | 132_018 | 131_064
    )
}

const fn is_about_words(code: i64) -> bool {
    matches!(code, 132_000 | 132_008 | 132_012 | 132_018)
}
