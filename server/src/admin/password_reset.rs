//! `…/users/{user_id}/password-reset`: a one-time link, which whoever asks for it hands to the user, or has sent to them.

use actix_web::{HttpResponse, post, web};
use cardea_api::password_reset::{NewPasswordReset, PasswordResetView};
use cardea_store::UserRecord;

use super::link_page;
use super::paths::{TenantPath, UserPath};
use super::users::{self, Place};
use crate::app::App;
use crate::http::author::Author;
use crate::http::can::{Can, InTenant, UsersWrite};
use crate::http::json_body::JsonBody;
use crate::http::problem::{Answer, Refusal};
use crate::http::strict;
use crate::mail::Letter;
use crate::password_reset::{self, Way};
use crate::workspace::Workspace;

/// Makes a one-time link by which the user chooses a new password within the hour, and ends those before it. It is shown once; or, with
/// `send`, it is sent to the user's e-mail address, which must be verified.
#[utoipa::path(
    tag = "users", params(TenantPath, UserPath), request_body = Option<NewPasswordReset>,
    responses((status = 201, body = PasswordResetView))
)]
#[post("/tenants/{tid}/pools/{id}/users/{user_id}/password-reset")]
pub(super) async fn create_password_reset(
    app: web::Data<App>,
    can: Can<UsersWrite, InTenant>,
    path: web::Path<UserPath>,
    body: JsonBody,
) -> Answer {
    let NewPasswordReset { workspace_id, send } = strict::read(body.object_or_nothing().await?)?;
    let (pool_id, id) = users::names(&path)?;
    let tenant_id = &can.target.tenant.id;
    let user = app.store.pool(tenant_id, pool_id.as_str()).find_user(id).await?.ok_or(Refusal::NotFound)?;
    let workspace = link_page::workspace(&app, tenant_id, &pool_id, workspace_id).await?;
    let place = Place { tenant_id, pool_id: &pool_id };
    let view = if send {
        sent(&app, &can.author, place, &workspace, &user).await?
    } else {
        let made = password_reset::make(&app, &can.author, place, &workspace, &user, Way::HandedOn).await?;
        PasswordResetView { sent: false, url: Some(made.0), expires_at: made.1 }
    };
    Ok(HttpResponse::Created().json(view))
}

async fn sent(
    app: &App,
    author: &Author,
    place: Place<'_>,
    workspace: &Workspace,
    user: &UserRecord,
) -> Result<PasswordResetView, Refusal> {
    let Some(mail) = &app.mail else {
        return Err(Refusal::violation("/send", "not_allowed", "this server can send no mail: smtp.url is not set"));
    };
    if user.email.is_none() || !user.email_verified {
        let detail = "this user has no verified e-mail address: have it verified, or hand the link on".to_owned();
        return Err(Refusal::Conflict { code: "email_not_verified", detail });
    }
    let recipient = password_reset::recipient(user).ok_or_else(link_page::is_unusable)?;
    let slot = mail.reserve().ok_or_else(link_page::queue_is_full)?;
    let (url, expires_at) = password_reset::make(app, author, place, workspace, user, Way::Mailed).await?;
    let about = users::user_event(app, author, place, "user.mail_sent", &user.id);
    slot.send(Letter::password_reset(recipient, &workspace.name, &user.username, &url, about));
    Ok(PasswordResetView { sent: true, url: None, expires_at })
}
