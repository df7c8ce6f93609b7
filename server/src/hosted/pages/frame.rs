//! What all pages share: whose they are, how they look, where their forms may lead.

use super::accent::Accent;
use super::link;
use super::policy::{Forms, Policy};
use super::texts::{Locale, Texts};

/// The name below every page, unless a frame says otherwise.
const PRODUCT: &str = "Cardea";

/// The frame of a page.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// The workspace as people know it.
    pub workspace: &'a str,
    /// Its colour.
    pub accent: Option<Accent>,
    /// Its picture; shown if it is on https.
    pub logo: Option<&'a str>,
    /// The language.
    pub locale: Locale,
    /// The product that the footer names.
    pub product: &'a str,
    /// Where a redirect after a form may lead beyond this server: URIs, of which the origin counts. Browsers hold
    /// the redirect after a `POST` to the `form-action` of the page that it came from.
    pub form_targets: &'a [&'a str],
    /// What finds this request in the audit log.
    pub request_id: &'a str,
}

impl<'a> Frame<'a> {
    /// A frame in English without a colour and a picture, whose forms lead nowhere else.
    pub fn new(workspace: &'a str, request_id: &'a str) -> Self {
        let locale = Locale::English;
        Self { workspace, accent: None, logo: None, locale, product: PRODUCT, form_targets: &[], request_id }
    }
}

/// What the outer template shows.
pub(super) struct Shell<'a> {
    pub(super) title: &'a str,
    pub(super) is_error: bool,
    pub(super) language: &'static str,
    pub(super) workspace: &'a str,
    pub(super) logo: Option<String>,
    pub(super) product: &'a str,
    pub(super) style: &'static str,
    pub(super) accent: Option<String>,
    pub(super) texts: &'static Texts,
    pub(super) policy: Policy<'a>,
}

impl<'a> Shell<'a> {
    pub(super) fn new(frame: &Frame<'a>, title: &'a str) -> Self {
        let (logo, origin) =
            frame.logo.and_then(link::picture).map(|(url, origin)| (String::from(url), origin)).unzip();
        Self {
            title,
            is_error: false,
            language: frame.locale.tag(),
            workspace: frame.workspace,
            logo,
            product: frame.product,
            style: super::answer::STYLE,
            accent: frame.accent.map(Accent::stylesheet),
            texts: frame.locale.texts(),
            policy: Policy {
                pictures: origin.into_iter().collect(),
                script: None,
                forms: Forms::Here(frame.form_targets),
            },
        }
    }

    /// The same, of a page that shows an error: the title says so first, for it is what a screen reader reads first.
    pub(super) fn with_error(self, is_error: bool) -> Self {
        Self { is_error, ..self }
    }

    /// The first letter or digit of a name, for where there is no picture.
    pub(super) fn initial(&self, name: &str) -> String {
        name.chars().find(|sign| sign.is_alphanumeric()).map(|sign| sign.to_uppercase().collect()).unwrap_or_default()
    }
}
