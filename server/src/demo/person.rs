//! The story of a person: an account, and a public client that asks for it by authorization code with PKCE.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cardea_api::user::UserSettings;
use cardea_protocol::{Secret, TenantId, UserPoolId};
use cardea_store::DEFAULT_POOL;
use serde::{Deserialize, Serialize};
use url::form_urlencoded;

use super::credentials::ClientFile;
use crate::admin::users::{self, Given};
use crate::app::App;
use crate::certificates::sha256;
use crate::http::author::Author;
use crate::http::problem::Refusal;
use crate::random;

/// Where the client takes its codes; nobody needs to listen there, for the code stands in the address.
pub(super) const REDIRECT_URI: &str = "http://127.0.0.1/callback";
/// What it asks for.
pub(super) const SCOPE: &str = "openid profile";
/// What is put in the place of the code.
const CODE: &str = "CODE";

/// Who signs in, and the secret of one authorization request (RFC 7636 §4.1).
#[derive(Serialize, Deserialize)]
pub struct Person {
    username: String,
    password: String,
    code_verifier: String,
}

/// Adds the person to the tenant.
pub(super) async fn create(app: &App, tenant_id: &TenantId) -> Result<Person, Refusal> {
    let person = Person { username: "ada".to_owned(), password: random::token_id(), code_verifier: random::secret() };
    let settings = UserSettings {
        username: person.username.clone(),
        name: Some("Ada Lovelace".to_owned()),
        email: Some("ada@example.com".to_owned()),
        ..UserSettings::default()
    };
    let pool_id = UserPoolId::parse(DEFAULT_POOL).map_err(|_| Refusal::NotFound)?;
    let place = users::Place { tenant_id, pool_id: &pool_id };
    let given = Given::Password(Secret::new(person.password.clone()));
    users::create(app, &Author::system(), place, settings, given).await?;
    Ok(person)
}

impl Person {
    /// The address to open, and the command line that takes the code to the token endpoint.
    pub(super) fn lines(&self, client: &ClientFile) -> String {
        let Self { username, password, code_verifier } = self;
        let ClientFile { issuer, client_id, .. } = client;
        let challenge = sha256(code_verifier.as_bytes());
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("client_id", client_id)
            .append_pair("response_type", "code")
            .append_pair("redirect_uri", REDIRECT_URI)
            .append_pair("scope", SCOPE)
            .append_pair("code_challenge", &URL_SAFE_NO_PAD.encode(challenge))
            .append_pair("code_challenge_method", "S256")
            .finish();
        format!(
            "# open this, sign in as {username} with {password}, and put the code of the address you end at into the line below it\n\
             {issuer}/oauth2/authorize?{query}\n\
             curl -s -d grant_type=authorization_code -d client_id={client_id} -d redirect_uri={REDIRECT_URI} \
             -d code_verifier={code_verifier} -d code={CODE} {issuer}/oauth2/token"
        )
    }
}
