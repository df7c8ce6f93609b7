//! curl, and OpenSSL where something has to be signed.

use cardea_protocol::grant_type::GrantType;
use cardea_protocol::{AuthMethod, SigningAlg};

use super::{ASSERTION_TYPE, CERTIFICATE_FILE, Facts, KEY_FILE, lines};
use crate::url::{encode, segment};

/// What a shell runs.
pub(super) fn snippet(facts: &Facts) -> String {
    let (before, arguments) = authentication(facts);
    let mut all = before;
    match facts.grant {
        GrantType::AuthorizationCode => code(facts, &arguments, &mut all),
        GrantType::DeviceCode => device(facts, &arguments, &mut all),
        GrantType::ClientCredentials | GrantType::RefreshToken => {
            let mut data = vec!["--data grant_type=client_credentials".to_owned()];
            data.extend(scope(facts));
            all.push(call(&facts.endpoints.token, &arguments, &data));
        }
    }
    lines(all.iter().map(String::as_str))
}

/// What goes before, and what the client shows with each request.
fn authentication(facts: &Facts) -> (Vec<String>, Vec<String>) {
    let id = data("client_id", &facts.client_id);
    match facts.method {
        AuthMethod::ClientSecretBasic => {
            // Both halves are encoded as in a form (RFC 6749 §2.3.1).
            let user = match &facts.client_secret {
                Some(secret) => quoted(&format!("{}:{}", segment(&facts.client_id), segment(secret))),
                None => format!("\"{}:$CLIENT_SECRET\"", segment(&facts.client_id)),
            };
            (Vec::new(), vec![format!("--user {user}")])
        }
        AuthMethod::ClientSecretPost => {
            let secret = match &facts.client_secret {
                Some(secret) => data("client_secret", secret),
                None => r#"--data-urlencode "client_secret=$CLIENT_SECRET""#.to_owned(),
            };
            (Vec::new(), vec![id, secret])
        }
        AuthMethod::ClientSecretJwt | AuthMethod::PrivateKeyJwt => (
            assertion(facts),
            vec![
                format!("--data-urlencode client_assertion_type={ASSERTION_TYPE}"),
                r#"--data-urlencode "client_assertion=$(assertion)""#.to_owned(),
            ],
        ),
        AuthMethod::TlsClientAuth | AuthMethod::SelfSignedTlsClientAuth => {
            (Vec::new(), vec![format!("--cert {CERTIFICATE_FILE} --key {KEY_FILE}"), id])
        }
        AuthMethod::None => (Vec::new(), vec![id]),
    }
}

/// A function that makes an assertion, a new one for each request (RFC 7523 §3).
fn assertion(facts: &Facts) -> Vec<String> {
    let kid = facts.kid.as_ref().map(|kid| format!(r#","kid":{}"#, super::literal(kid))).unwrap_or_default();
    let header = format!(r#"{{"alg":"{}","typ":"JWT"{kid}}}"#, facts.alg);
    let (id, issuer) = (super::literal(&facts.client_id), super::literal(&facts.endpoints.issuer));
    // A format for printf: only %d and %s of ours are directives.
    let claims = format!(r#"{{"iss":{id},"sub":{id},"aud":{issuer},"#).replace('%', "%%").replace('\\', r"\\")
        + r#""iat":%d,"exp":%d,"jti":"%s"}"#;
    let mut all = vec!["b64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }".to_owned()];
    all.push(signer(facts));
    all.extend([
        "assertion() {".to_owned(),
        "  now=$(date +%s)".to_owned(),
        format!("  header=$(printf '%s' {} | b64url)", quoted(&header)),
        format!("  claims=$(printf {} \"$now\" $((now + 60)) \"$(openssl rand -hex 16)\" | b64url)", quoted(&claims)),
        r#"  signature=$(printf '%s' "$header.$claims" | sign | b64url)"#.to_owned(),
        r#"  printf '%s' "$header.$claims.$signature""#.to_owned(),
        "}".to_owned(),
    ]);
    all
}

/// A function that signs what it reads.
fn signer(facts: &Facts) -> String {
    let digest = match facts.alg {
        SigningAlg::HS256 | SigningAlg::RS256 | SigningAlg::PS256 | SigningAlg::ES256 | SigningAlg::EdDSA => "-sha256",
        SigningAlg::HS384 | SigningAlg::RS384 | SigningAlg::PS384 | SigningAlg::ES384 => "-sha384",
        SigningAlg::HS512 | SigningAlg::RS512 | SigningAlg::PS512 => "-sha512",
    };
    match facts.alg {
        alg if alg.is_hmac() => {
            let secret = match &facts.client_secret {
                Some(secret) => quoted(secret),
                None => "\"$CLIENT_SECRET\"".to_owned(),
            };
            format!("sign() {{ openssl dgst {digest} -hmac {secret} -binary; }}")
        }
        // OpenSSL writes the two numbers of the signature as DER; a JWT has them one after the other (RFC 7518 §3.4).
        SigningAlg::ES256 => ecdsa(digest, 64),
        SigningAlg::ES384 => ecdsa(digest, 96),
        SigningAlg::PS256 | SigningAlg::PS384 | SigningAlg::PS512 => format!(
            "sign() {{ openssl dgst {digest} -sign {KEY_FILE} -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest -binary; }}"
        ),
        SigningAlg::EdDSA => format!(
            "sign() {{ f=$(mktemp); cat >\"$f\"; openssl pkeyutl -sign -rawin -inkey {KEY_FILE} -in \"$f\"; rm -f \"$f\"; }}"
        ),
        _ => format!("sign() {{ openssl dgst {digest} -sign {KEY_FILE} -binary; }}"),
    }
}

fn ecdsa(digest: &str, digits: usize) -> String {
    format!(
        "sign() {{ openssl dgst {digest} -sign {KEY_FILE} -binary | openssl asn1parse -inform DER | sed -n 's/.*INTEGER *://p' |\n  \
         awk '{{ s = $0; while (length(s) < {digits}) s = \"0\" s; printf \"%s\", s }}' | xxd -r -p; }}"
    )
}

/// Code with PKCE (RFC 7636 §4).
fn code(facts: &Facts, arguments: &[String], all: &mut Vec<String>) {
    if !all.iter().any(|line| line.starts_with("b64url()")) {
        all.push("b64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }".to_owned());
    }
    all.push("verifier=$(openssl rand 48 | b64url)".to_owned());
    all.push("challenge=$(printf '%s' \"$verifier\" | openssl dgst -sha256 -binary | b64url)".to_owned());
    let authorize = &facts.endpoints.authorization;
    if facts.pushed {
        let mut sent = vec!["--data response_type=code".to_owned(), data("redirect_uri", &facts.redirect_uri)];
        sent.extend(scope(facts));
        sent.push("--data code_challenge_method=S256 --data \"code_challenge=$challenge\"".to_owned());
        let push = call(&facts.endpoints.pushed_authorization, arguments, &sent).replacen("curl ", "curl --silent ", 1);
        all.push(format!("request_uri=$({push} | sed 's/.*\"request_uri\": *\"\\([^\"]*\\)\".*/\\1/')"));
        let query = encode([("client_id", facts.client_id.as_str())]);
        all.push(format!("echo \"Open {authorize}?{query}&request_uri=$request_uri\""));
    } else {
        let mut pairs = vec![("response_type", "code"), ("client_id", facts.client_id.as_str())];
        pairs.push(("redirect_uri", &facts.redirect_uri));
        pairs.extend((!facts.scope.is_empty()).then_some(("scope", facts.scope.as_str())));
        pairs.push(("code_challenge_method", "S256"));
        all.push(format!("echo \"Open {authorize}?{}&code_challenge=$challenge\"", encode(pairs)));
    }
    all.push("printf 'The code in the address bar after signing in: '; read -r code".to_owned());
    let sent = [
        "--data grant_type=authorization_code".to_owned(),
        "--data-urlencode \"code=$code\"".to_owned(),
        data("redirect_uri", &facts.redirect_uri),
        "--data \"code_verifier=$verifier\"".to_owned(),
    ];
    all.push(call(&facts.endpoints.token, arguments, &sent));
}

/// A code confirmed on another device (RFC 8628 §3).
fn device(facts: &Facts, arguments: &[String], all: &mut Vec<String>) {
    let asked: Vec<_> = scope(facts).into_iter().collect();
    all.push("# Shows a device_code, a user_code and the address where it is confirmed:".to_owned());
    all.push(call(&facts.endpoints.device_authorization, arguments, &asked));
    all.push("printf 'The device_code: '; read -r device_code".to_owned());
    all.push("# After it has been confirmed:".to_owned());
    let sent = [
        format!("--data-urlencode grant_type={}", GrantType::DeviceCode),
        "--data-urlencode \"device_code=$device_code\"".to_owned(),
    ];
    all.push(call(&facts.endpoints.token, arguments, &sent));
}

fn call(url: &str, arguments: &[String], data: &[String]) -> String {
    let all = arguments.iter().chain(data).map(|argument| format!(" \\\n  {argument}")).collect::<String>();
    // Without data curl would GET.
    let post = if data.is_empty() && arguments.iter().all(|argument| !argument.contains("--data")) {
        " --request POST"
    } else {
        ""
    };
    format!("curl {}{post}{all}", quoted(url))
}

fn scope(facts: &Facts) -> Option<String> {
    (!facts.scope.is_empty()).then(|| data("scope", &facts.scope))
}

fn data(name: &str, value: &str) -> String {
    format!("--data-urlencode {}", quoted(&format!("{name}={value}")))
}

/// One word of a shell.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/@+,=%".contains(c);
    if text.chars().all(is_plain) { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
}
