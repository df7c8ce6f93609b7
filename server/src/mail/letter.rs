//! What a letter says: plain text (RFC 5322, RFC 3676 without its flowing), nothing that is fetched and nothing that counts.

use std::time::{Duration, SystemTime};

use cardea_protocol::Timestamp;
use cardea_store::NewAuditEvent;
use lettre::Message;
use lettre::message::Mailbox;
use lettre::message::header::{ContentType, HeaderName, HeaderValue, MIME_VERSION_1_0};

use super::Recipient;
use crate::random;

/// Names in a subject are not longer.
const LONGEST_NAME: usize = 100;

/// A letter to one person. Without `Debug`: the link in it is a secret.
pub struct Letter {
    to: Recipient,
    subject: String,
    text: String,
    /// What the link in it is for, as the audit log says it.
    pub(super) purpose: &'static str,
    /// The event of its being sent, or not.
    pub(super) about: NewAuditEvent,
}

impl Letter {
    /// Asks whether the address is its owner's.
    pub fn email_verification(to: Recipient, workspace: &str, url: &str, about: NewAuditEvent) -> Self {
        let workspace = one_line(workspace);
        let text = format!(
            "Hello,\n\nthis address was given for an account at {workspace}. If it is yours, open this link within 24 hours, and \
             confirm it there:\n\n{url}\n\nIf you have no account at {workspace}, do nothing.\n"
        );
        Self {
            to,
            subject: format!("{workspace}: confirm your e-mail address"),
            text,
            purpose: "email_verification",
            about,
        }
    }

    /// Leads to a new password.
    pub fn password_reset(to: Recipient, workspace: &str, username: &str, url: &str, about: NewAuditEvent) -> Self {
        let (workspace, username) = (one_line(workspace), one_line(username));
        let text = format!(
            "Hello,\n\na new password was asked for, for the account {username} at {workspace}. Open this link within the hour \
             to choose it; it is good once:\n\n{url}\n\nIf you did not ask for it, do nothing: your password stays as it is. Give \
             the link to nobody.\n"
        );
        Self { to, subject: format!("{workspace}: choose a new password"), text, purpose: "password_reset", about }
    }

    /// The letter as it is sent.
    pub(super) fn message(&self, from: &Mailbox, now: Timestamp) -> Result<Message, lettre::error::Error> {
        let date = SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(now.as_millis()).unwrap_or_default());
        let id = format!("<{}@{}>", random::token_id(), from.email.domain());
        // No machine answers it (RFC 3834 §5).
        let by_machine =
            HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
        Message::builder()
            .from(from.clone())
            .to(Mailbox::new(None, self.to.address().clone()))
            .subject(self.subject.as_str())
            .date(date)
            .message_id(Some(id))
            .raw_header(by_machine)
            .header(MIME_VERSION_1_0)
            .header(ContentType::TEXT_PLAIN)
            .body(self.text.clone())
    }
}

/// A name as part of one line: what would end the line ends nothing, and nothing is an encoded word (RFC 2047 §2) but what we encode.
fn one_line(name: &str) -> String {
    let signs =
        name.chars().map(|sign| if sign.is_control() || "\u{2028}\u{2029}".contains(sign) { ' ' } else { sign });
    signs.take(LONGEST_NAME).collect::<String>().replace("=?", "= ?").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use cardea_protocol::{TenantId, WorkspaceId};
    use cardea_store::Outcome;

    use super::*;

    fn about() -> NewAuditEvent {
        let (tenant_id, now) = (TenantId::system(), Timestamp::from_secs(1_767_225_600));
        NewAuditEvent::new(&tenant_id, &WorkspaceId::admin(), now, "user.mail_sent", Outcome::Failure)
    }

    fn written(workspace: &str, from: &str) -> String {
        let to = Recipient::parse("ada@example.com").unwrap();
        let letter = Letter::password_reset(to, workspace, "ada", "https://id.example/t/a/reset-password/x", about());
        let message = letter.message(&from.parse().unwrap(), Timestamp::from_secs(1_767_225_600)).unwrap();
        String::from_utf8(message.formatted()).unwrap()
    }

    #[test]
    fn a_letter_is_plain_text_from_a_machine_at_our_time() {
        let text = written("Shop", "Shop <id@example.com>");
        for line in [
            "To: ada@example.com",
            "Subject: Shop: choose a new password",
            "Date: Thu, 01 Jan 2026 00:00:00 +0000",
            "Auto-Submitted: auto-generated",
            "Content-Type: text/plain; charset=utf-8",
            "https://id.example/t/a/reset-password/x",
        ] {
            assert!(text.split("\r\n").any(|written| written == line), "{line} is not in\n{text}");
        }
        assert!(text.contains("@example.com>\r\n"), "{text}");
    }

    #[test]
    fn a_name_adds_no_header_and_no_line() {
        for name in
            ["Shop\r\nBcc: eve@evil.example", "Shop\nBcc: eve@evil.example", "Shop\u{2028}Bcc: x", "Lädele\r\n\r\nx"]
        {
            let text = written(name, "id@example.com");
            let head = text.split("\r\n\r\n").next().unwrap();
            assert!(!head.to_ascii_lowercase().contains("\nbcc"), "{head}");
            assert_eq!(head.lines().filter(|line| !line.starts_with(' ')).count(), 9, "{head}");
        }
    }
}
