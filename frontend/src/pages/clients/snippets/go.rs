//! Go with golang.org/x/oauth2.

use cardea_protocol::AuthMethod;
use cardea_protocol::grant_type::GrantType;

use super::{ASSERTION_TYPE, CERTIFICATE_FILE, Facts, KEY_FILE, lines, literal, pushing, when};

pub(super) fn snippet(facts: &Facts) -> String {
    let method = facts.method;
    let machine = facts.grant == GrantType::ClientCredentials;
    let environment = method.has_secret() && facts.client_secret.is_none();
    let is_key = method == AuthMethod::PrivateKeyJwt;
    lines([
        "package main",
        "",
        "import (",
        "\t\"context\"",
        &when(method.is_assertion(), "\t\"crypto/rand\""),
        &when(method.is_tls(), "\t\"crypto/tls\""),
        "\t\"fmt\"",
        "\t\"log\"",
        &when(method.is_tls(), "\t\"net/http\""),
        &when(machine && method.is_assertion(), "\t\"net/url\""),
        &when(environment || is_key, "\t\"os\""),
        &when(!facts.scope.is_empty(), "\t\"strings\""),
        &when(method.is_assertion(), "\t\"time\""),
        "",
        &when(method.is_assertion(), "\t\"github.com/golang-jwt/jwt/v5\""),
        "\t\"golang.org/x/oauth2\"",
        &when(machine, "\t\"golang.org/x/oauth2/clientcredentials\""),
        ")",
        &when(method.is_assertion(), assertion(facts)),
        "",
        "func main() {",
        "\tctx := context.Background()",
        &when(
            method.is_tls(),
            format!(
                "\tcertificate, err := tls.LoadX509KeyPair(\"{CERTIFICATE_FILE}\", \"{KEY_FILE}\")\n\
                 \tif err != nil {{\n\t\tlog.Fatal(err)\n\t}}\n\
                 \tmtls := &http.Client{{Transport: &http.Transport{{\n\
                 \t\tTLSClientConfig: &tls.Config{{Certificates: []tls.Certificate{{certificate}}}},\n\t}}}}\n\
                 \tctx = context.WithValue(ctx, oauth2.HTTPClient, mtls)"
            ),
        ),
        &grant(facts),
        "\tif err != nil {\n\t\tlog.Fatal(err)\n\t}",
        "\tfmt.Println(token.AccessToken)",
        "}",
    ])
}

fn secret(facts: &Facts) -> String {
    facts.client_secret.as_deref().map_or_else(|| "os.Getenv(\"CLIENT_SECRET\")".to_owned(), literal)
}

/// What makes an assertion, a new one for each request.
fn assertion(facts: &Facts) -> String {
    let (id, alg) = (literal(&facts.client_id), facts.alg);
    let kid = facts.kid.as_ref().map(|kid| format!("\ttoken.Header[\"kid\"] = {}\n", literal(kid))).unwrap_or_default();
    let parse = match alg.as_str().get(..2) {
        Some("ES") => "ParseECPrivateKeyFromPEM",
        Some("Ed") => "ParseEdPrivateKeyFromPEM",
        _ => "ParseRSAPrivateKeyFromPEM",
    };
    let key = if facts.method == AuthMethod::PrivateKeyJwt {
        format!(
            "\tpem, err := os.ReadFile(\"{KEY_FILE}\")\n\tif err != nil {{\n\t\tlog.Fatal(err)\n\t}}\n\
             \tkey, err := jwt.{parse}(pem)\n\tif err != nil {{\n\t\tlog.Fatal(err)\n\t}}\n"
        )
    } else {
        format!("\tkey := []byte({})\n", secret(facts))
    };
    format!(
        "\n// assertion proves who the client is, once (RFC 7523).\nfunc assertion() string {{\n{key}\
         \ttoken := jwt.NewWithClaims(jwt.SigningMethod{alg}, jwt.MapClaims{{\n\
         \t\t\"iss\": {id}, \"sub\": {id}, \"aud\": {},\n\
         \t\t\"iat\": time.Now().Unix(), \"exp\": time.Now().Add(time.Minute).Unix(), \"jti\": rand.Text(),\n\t}})\n{kid}\
         \tsigned, err := token.SignedString(key)\n\tif err != nil {{\n\t\tlog.Fatal(err)\n\t}}\n\treturn signed\n}}",
        literal(&facts.endpoints.issuer)
    )
}

/// What the client shows: its secret where there is one, and how it is sent.
fn credential(facts: &Facts) -> (String, &'static str) {
    match facts.method {
        AuthMethod::ClientSecretBasic => (secret(facts), "oauth2.AuthStyleInHeader"),
        AuthMethod::ClientSecretPost => (secret(facts), "oauth2.AuthStyleInParams"),
        _ => (super::SKIP.to_owned(), "oauth2.AuthStyleInParams"),
    }
}

/// What else goes with a request: the options of `oauth2`.
fn options(facts: &Facts) -> Vec<String> {
    if facts.method.is_assertion() {
        vec![
            format!("oauth2.SetAuthURLParam(\"client_assertion_type\", \"{ASSERTION_TYPE}\")"),
            "oauth2.SetAuthURLParam(\"client_assertion\", assertion())".to_owned(),
        ]
    } else {
        Vec::new()
    }
}

fn call(what: &str, arguments: impl IntoIterator<Item = String>) -> String {
    let arguments: String = arguments.into_iter().map(|argument| format!("\t\t{argument},\n")).collect();
    if arguments.is_empty() { format!("{what})") } else { format!("{what},\n{arguments}\t)") }
}

fn grant(facts: &Facts) -> String {
    let (secret, style) = credential(facts);
    let scopes = format!("strings.Fields({})", literal(&facts.scope));
    let has_secret = secret != super::SKIP;
    // gofmt aligns values after the longest name.
    let pad = |name: &str, longest: usize| format!("\t\t{name}:{}", " ".repeat(longest.saturating_sub(name.len()) + 1));
    if facts.grant == GrantType::ClientCredentials {
        let longest = if has_secret { 12 } else { 9 };
        return lines([
            "\tconfig := clientcredentials.Config{",
            &format!("{}{},", pad("ClientID", longest), literal(&facts.client_id)),
            &when(has_secret, format!("{}{},", pad("ClientSecret", longest), secret)),
            &format!("{}{},", pad("TokenURL", longest), literal(&facts.endpoints.token)),
            &when(!facts.scope.is_empty(), format!("{}{},", pad("Scopes", longest), scopes)),
            &format!("{}{},", pad("AuthStyle", longest), style),
            &when(
                facts.method.is_assertion(),
                format!(
                    "\t\tEndpointParams: url.Values{{\n\t\t\t\"client_assertion_type\": {{\"{ASSERTION_TYPE}\"}},\n\
                     \t\t\t\"client_assertion\":      {{assertion()}},\n\t\t}},"
                ),
            ),
            "\t}",
            "\ttoken, err := config.Token(ctx)",
        ]);
    }
    let longest = match (has_secret, facts.redirect_uri.is_empty()) {
        (true, _) => 12,
        (false, false) => 11,
        (false, true) => 8,
    };
    let config = lines([
        "\tconfig := oauth2.Config{",
        &format!("{}{},", pad("ClientID", longest), literal(&facts.client_id)),
        &when(has_secret, format!("{}{},", pad("ClientSecret", longest), secret)),
        &when(!facts.scope.is_empty(), format!("{}{},", pad("Scopes", longest), scopes)),
        &when(
            !facts.redirect_uri.is_empty(),
            format!("{}{},", pad("RedirectURL", longest), literal(&facts.redirect_uri)),
        ),
        "\t\tEndpoint: oauth2.Endpoint{",
        &format!("\t\t\tAuthURL:       {},", literal(&facts.endpoints.authorization)),
        &format!("\t\t\tDeviceAuthURL: {},", literal(&facts.endpoints.device_authorization)),
        &format!("\t\t\tTokenURL:      {},", literal(&facts.endpoints.token)),
        &format!("\t\t\tAuthStyle:     {style},"),
        "\t\t},",
        "\t}",
    ]);
    if facts.grant == GrantType::DeviceCode {
        let mut first = options(facts);
        if has_secret {
            first.push(format!("oauth2.SetAuthURLParam(\"client_secret\", {secret})"));
        }
        let asked = call("\tdevice, err := config.DeviceAuth(ctx", first);
        let token = call("\ttoken, err := config.DeviceAccessToken(ctx, device", options(facts));
        let note = if facts.method == AuthMethod::ClientSecretBasic {
            "\t// This library sends the secret of this first request in the body: register client_secret_post for it.\n"
        } else {
            ""
        };
        return format!(
            "{config}\n{note}{asked}\n\tif err != nil {{\n\t\tlog.Fatal(err)\n\t}}\n\
             \tfmt.Println(\"Open\", device.VerificationURI, \"and enter\", device.UserCode)\n{token}"
        );
    }
    let mut exchange = vec!["oauth2.VerifierOption(verifier)".to_owned()];
    exchange.extend(options(facts));
    lines([
        &*config,
        "\tverifier := oauth2.GenerateVerifier() // keep it with the person's session",
        &pushing("\t//", facts),
        "\tfmt.Println(\"Open\", config.AuthCodeURL(\"\", oauth2.S256ChallengeOption(verifier)))",
        "\tfmt.Print(\"The code in the address bar after signing in: \")",
        "\tvar code string",
        "\tif _, err := fmt.Scan(&code); err != nil {\n\t\tlog.Fatal(err)\n\t}",
        &call("\ttoken, err := config.Exchange(ctx, code", exchange),
    ])
}
