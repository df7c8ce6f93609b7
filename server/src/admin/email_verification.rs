//! `…/users/{user_id}/email-verification`: a one-time link, which is sent to the address; where no mail can be sent, whoever asks for
//! it hands it on.

use actix_web::{HttpResponse, post, web};
use cardea_api::email_verification::{EmailVerificationView, NewEmailVerification};
use cardea_store::UserRecord;

use super::link_page;
use super::paths::{TenantPath, UserPath};
use super::users::{self, Place};
use crate::app::App;
use crate::email_verification::make;
use crate::http::author::Author;
use crate::http::can::{Can, InTenant, UsersWrite};
use crate::http::json_body::JsonBody;
use crate::http::problem::{Answer, Refusal};
use crate::http::strict;
use crate::mail::{Letter, Mail, Recipient};
use crate::workspace::Workspace;

/// Makes a one-time link by which the user confirms their e-mail address within a day, and ends those before it. It is sent to the
/// address; where the server can send no mail, it is shown once.
#[utoipa::path(
    tag = "users", params(TenantPath, UserPath), request_body = Option<NewEmailVerification>,
    responses((status = 201, body = EmailVerificationView))
)]
#[post("/tenants/{tid}/pools/{id}/users/{user_id}/email-verification")]
pub(super) async fn create_email_verification(
    app: web::Data<App>,
    can: Can<UsersWrite, InTenant>,
    path: web::Path<UserPath>,
    body: JsonBody,
) -> Answer {
    let NewEmailVerification { workspace_id } = strict::read(body.object_or_nothing().await?)?;
    let (pool_id, id) = users::names(&path)?;
    let tenant_id = &can.target.tenant.id;
    let user = app.store.pool(tenant_id, pool_id.as_str()).find_user(id).await?.ok_or(Refusal::NotFound)?;
    let workspace = link_page::workspace(&app, tenant_id, &pool_id, workspace_id).await?;
    let place = Place { tenant_id, pool_id: &pool_id };
    let view = match &app.mail {
        Some(mail) => sent(&app, mail, &can.author, place, &workspace, &user).await?,
        None => {
            let (url, expires_at) = make(&app, &can.author, place, &workspace, &user, false).await?;
            EmailVerificationView { sent: false, url: Some(url), expires_at }
        }
    };
    Ok(HttpResponse::Created().json(view))
}

async fn sent(
    app: &App,
    mail: &Mail,
    author: &Author,
    place: Place<'_>,
    workspace: &Workspace,
    user: &UserRecord,
) -> Result<EmailVerificationView, Refusal> {
    let recipient = user.email.as_deref().map(Recipient::parse);
    if matches!(recipient, Some(None)) {
        return Err(link_page::is_unusable());
    }
    let slot = mail.reserve().ok_or_else(link_page::queue_is_full)?;
    let (url, expires_at) = make(app, author, place, workspace, user, true).await?;
    // Without an address no link was made.
    let recipient = recipient.flatten().ok_or_else(link_page::is_unusable)?;
    let about = users::user_event(app, author, place, "user.mail_sent", &user.id);
    slot.send(Letter::email_verification(recipient, &workspace.name, &url, about));
    Ok(EmailVerificationView { sent: true, url: None, expires_at })
}
