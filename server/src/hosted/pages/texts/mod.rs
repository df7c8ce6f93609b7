//! Every word of the pages, in one table a language: a new language is a file beside [`english`] and a variant of [`Locale`].

mod english;
mod sentence;

pub(super) use sentence::Sentence;

/// A language that the pages speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locale {
    /// English.
    #[default]
    English,
}

impl Locale {
    /// The language tag (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
        }
    }

    pub(super) fn texts(self) -> &'static Texts {
        match self {
            Self::English => &english::TEXTS,
        }
    }
}

/// The table of one language.
pub(super) struct Texts {
    pub(super) error_prefix: &'static str,
    pub(super) secured_by: Sentence,
    pub(super) signed_in_as: Sentence,
    pub(super) switch: &'static str,
    pub(super) password: &'static str,
    pub(super) username: &'static str,
    pub(super) too_many: Sentence,
    pub(super) second: Sentence,
    pub(super) seconds: Sentence,
    pub(super) minutes: Sentence,
    pub(super) expired: &'static str,
    pub(super) sign_in: SignIn,
    pub(super) consent: Consent,
    pub(super) device: Device,
    pub(super) sign_out: SignOut,
    pub(super) form_post: FormPost,
    pub(super) error: ErrorPage,
    pub(super) password_reset: PasswordReset,
    pub(super) forgotten_password: ForgottenPassword,
    pub(super) email_verification: EmailVerification,
    pub(super) setup: Setup,
    pub(super) account: Account,
}

impl Texts {
    /// A time to wait, in words: seconds, and from two minutes on minutes.
    pub(super) fn duration(&self, seconds: u64) -> String {
        match seconds {
            0 | 1 => self.second.with(1),
            2..120 => self.seconds.with(seconds),
            _ => self.minutes.with(seconds.div_ceil(60)),
        }
    }
}

pub(super) struct SignIn {
    pub(super) title: &'static str,
    pub(super) to_continue: Sentence,
    pub(super) continue_as: Sentence,
    pub(super) another_account: &'static str,
    pub(super) submit: &'static str,
    pub(super) cancel: &'static str,
    pub(super) forgotten: &'static str,
    pub(super) wrong: &'static str,
}

pub(super) struct Consent {
    pub(super) title: &'static str,
    pub(super) heading: Sentence,
    pub(super) scopes: Sentence,
    pub(super) new: &'static str,
    pub(super) resources: &'static str,
    pub(super) returns_to: Sentence,
    pub(super) website: &'static str,
    pub(super) privacy: &'static str,
    pub(super) terms: &'static str,
    pub(super) about: Sentence,
    pub(super) allow: &'static str,
    pub(super) deny: &'static str,
}

pub(super) struct Device {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) code: &'static str,
    pub(super) code_hint: &'static str,
    pub(super) submit: &'static str,
    pub(super) unknown: &'static str,
    pub(super) expired: &'static str,
    pub(super) confirm_title: &'static str,
    pub(super) confirm_heading: Sentence,
    pub(super) confirm_code: &'static str,
    pub(super) compare: &'static str,
    pub(super) warning_heading: &'static str,
    pub(super) warning: &'static str,
    pub(super) confirm: &'static str,
    pub(super) deny: &'static str,
    pub(super) done_title: &'static str,
    pub(super) done: Sentence,
    pub(super) denied_title: &'static str,
    pub(super) denied: Sentence,
    pub(super) close: &'static str,
}

pub(super) struct SignOut {
    pub(super) title: &'static str,
    pub(super) heading: &'static str,
    pub(super) asked_by: Sentence,
    pub(super) everywhere: Sentence,
    pub(super) submit: &'static str,
    pub(super) stay: &'static str,
    pub(super) done_title: &'static str,
    pub(super) done: Sentence,
    pub(super) return_to: Sentence,
}

pub(super) struct FormPost {
    pub(super) title: &'static str,
    pub(super) lead: Sentence,
    pub(super) submit: &'static str,
    pub(super) no_target: &'static str,
}

pub(super) struct ErrorPage {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) rule: &'static str,
    pub(super) reference: &'static str,
    pub(super) reference_hint: &'static str,
}

pub(super) struct PasswordReset {
    pub(super) title: &'static str,
    pub(super) lead: Sentence,
    pub(super) password: &'static str,
    pub(super) again: &'static str,
    pub(super) submit: &'static str,
    pub(super) mismatch: &'static str,
}

pub(super) struct ForgottenPassword {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) username: &'static str,
    pub(super) submit: &'static str,
}

pub(super) struct EmailVerification {
    pub(super) title: &'static str,
    pub(super) lead: Sentence,
    pub(super) hint: &'static str,
    pub(super) submit: &'static str,
}

pub(super) struct Setup {
    pub(super) title: &'static str,
    pub(super) heading: Sentence,
    pub(super) lead: &'static str,
    pub(super) email: &'static str,
    pub(super) submit: &'static str,
}

pub(super) struct Account {
    pub(super) title: &'static str,
    pub(super) sign_out: &'static str,
    pub(super) sessions: &'static str,
    pub(super) unknown_browser: &'static str,
    pub(super) this_browser: &'static str,
    pub(super) started: Sentence,
    pub(super) last_used: Sentence,
    pub(super) end_session: &'static str,
    pub(super) end_others: &'static str,
    pub(super) applications: Sentence,
    pub(super) no_applications: &'static str,
    pub(super) since: Sentence,
    pub(super) withdraw: &'static str,
    pub(super) password: &'static str,
    pub(super) current_password: &'static str,
    pub(super) password_hint: &'static str,
    pub(super) change_password: &'static str,
    pub(super) wrong_password: &'static str,
    pub(super) session_ended: &'static str,
    pub(super) others_ended: &'static str,
    pub(super) withdrawn: &'static str,
    pub(super) password_changed: &'static str,
}
