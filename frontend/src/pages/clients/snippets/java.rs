//! Java with the Nimbus OAuth 2.0 SDK.

use cardea_protocol::AuthMethod;
use cardea_protocol::grant_type::GrantType;

use super::{CERTIFICATE_FILE, Facts, KEY_FILE, lines, literal, pushing, when};

pub(super) fn snippet(facts: &Facts) -> String {
    let method = facts.method;
    let public = method == AuthMethod::None;
    let code = facts.grant == GrantType::AuthorizationCode;
    lines([
        "// com.nimbusds:oauth2-oidc-sdk",
        &when(method == AuthMethod::PrivateKeyJwt || method.is_tls(), "import java.nio.file.*;"),
        "import java.net.URI;",
        &when(
            method == AuthMethod::PrivateKeyJwt,
            "import java.security.*;\nimport java.security.spec.PKCS8EncodedKeySpec;\nimport java.util.Base64;",
        ),
        &when(code, "import java.util.Scanner;"),
        &when(method.is_assertion(), "import com.nimbusds.jose.JWSAlgorithm;"),
        "import com.nimbusds.oauth2.sdk.*;",
        "import com.nimbusds.oauth2.sdk.auth.*;",
        "import com.nimbusds.oauth2.sdk.id.*;",
        &when(code, "import com.nimbusds.oauth2.sdk.pkce.*;"),
        &when(facts.grant == GrantType::DeviceCode, "import com.nimbusds.oauth2.sdk.device.*;"),
        "",
        "class GetToken {",
        "  public static void main(String[] arguments) throws Exception {",
        &format!("    var clientId = new ClientID({});", literal(&facts.client_id)),
        &format!("    var endpoint = new URI({});", literal(&facts.endpoints.token)),
        &when(!public, authentication(facts)),
        &grant(facts),
        "    var response = TokenResponse.parse(request.toHTTPRequest().send());",
        "    if (!response.indicatesSuccess()) {",
        "      throw new IllegalStateException(response.toErrorResponse().getErrorObject().toString());",
        "    }",
        "    System.out.println(response.toSuccessResponse().getTokens().getAccessToken().getValue());",
        "  }",
        &when(method.is_tls(), socket_factory()),
        "}",
    ])
}

fn authentication(facts: &Facts) -> String {
    let secret = facts.client_secret.as_deref().map_or_else(|| "System.getenv(\"CLIENT_SECRET\")".to_owned(), literal);
    // The library calls it the endpoint; it is the audience.
    let audience = format!("new URI({}), // the audience", literal(&facts.endpoints.issuer));
    let alg = facts.alg.as_str();
    match facts.method {
        AuthMethod::ClientSecretBasic => {
            format!("    var client = new ClientSecretBasic(clientId, new Secret({secret}));")
        }
        AuthMethod::ClientSecretPost => {
            format!("    var client = new ClientSecretPost(clientId, new Secret({secret}));")
        }
        AuthMethod::ClientSecretJwt => lines([
            "    var client = new ClientSecretJWT(",
            "        clientId,",
            &format!("        {audience}"),
            &format!("        JWSAlgorithm.{alg},"),
            &format!("        new Secret({secret}));"),
        ]),
        AuthMethod::PrivateKeyJwt => {
            let kid = facts.kid.as_deref().map_or_else(|| "null".to_owned(), literal);
            let kind = match alg.get(..2) {
                Some("ES") => "EC",
                Some("Ed") => "Ed25519",
                _ => "RSA",
            };
            lines([
                &*format!(
                    "    var pem = Files.readString(Path.of(\"{KEY_FILE}\")).replaceAll(\"-----.*-----\", \"\");"
                ),
                "    var encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem));",
                &format!("    PrivateKey key = KeyFactory.getInstance(\"{kind}\").generatePrivate(encoded);"),
                "    var client = new PrivateKeyJWT(",
                "        clientId,",
                &format!("        {audience}"),
                &format!("        JWSAlgorithm.{alg}, key, {kid}, null);"),
            ])
        }
        AuthMethod::TlsClientAuth => "    var client = new PKITLSClientAuthentication(clientId, sockets());".to_owned(),
        AuthMethod::SelfSignedTlsClientAuth => {
            "    var client = new SelfSignedTLSClientAuthentication(clientId, sockets());".to_owned()
        }
        AuthMethod::None => super::SKIP.to_owned(),
    }
}

/// Java reads keys with certificates from a PKCS #12 file.
fn socket_factory() -> String {
    lines([
        "",
        &*format!(
            "  // openssl pkcs12 -export -in {CERTIFICATE_FILE} -inkey {KEY_FILE} -out client.p12 -passout pass:changeit"
        ),
        "  static javax.net.ssl.SSLSocketFactory sockets() throws Exception {",
        "    var store = java.security.KeyStore.getInstance(\"PKCS12\");",
        "    store.load(Files.newInputStream(Path.of(\"client.p12\")), \"changeit\".toCharArray());",
        "    var keys = javax.net.ssl.KeyManagerFactory.getInstance(\"PKIX\");",
        "    keys.init(store, \"changeit\".toCharArray());",
        "    var context = javax.net.ssl.SSLContext.getInstance(\"TLS\");",
        "    context.init(keys.getKeyManagers(), null, null);",
        "    return context.getSocketFactory();",
        "  }",
    ])
}

fn grant(facts: &Facts) -> String {
    let who = if facts.method == AuthMethod::None { "clientId" } else { "client" };
    let scope = format!("Scope.parse({})", literal(&facts.scope));
    let has_scope = !facts.scope.is_empty();
    let request = |grant: &str, scoped: bool| {
        lines([
            &*format!("    var request = new TokenRequest.Builder(endpoint, {who}, {grant})"),
            &when(scoped, format!("        .scope({scope})")),
            "        .build();",
        ])
    };
    match facts.grant {
        GrantType::ClientCredentials | GrantType::RefreshToken => request("new ClientCredentialsGrant()", has_scope),
        GrantType::AuthorizationCode => lines([
            &*format!("    var redirectUri = new URI({});", literal(&facts.redirect_uri)),
            "    var verifier = new CodeVerifier(); // keep it with the person's session",
            "    var url = new AuthorizationRequest.Builder(ResponseType.CODE, clientId)",
            &format!("        .endpointURI(new URI({}))", literal(&facts.endpoints.authorization)),
            "        .redirectionURI(redirectUri)",
            &when(has_scope, format!("        .scope({scope})")),
            "        .codeChallenge(verifier, CodeChallengeMethod.S256)",
            "        .build().toURI();",
            &pushing("    //", facts),
            "    System.out.println(\"Open \" + url);",
            "    System.out.print(\"The code in the address bar after signing in: \");",
            "    var code = new AuthorizationCode(new Scanner(System.in).nextLine().strip());",
            &request("new AuthorizationCodeGrant(code, redirectUri, verifier)", false),
        ]),
        GrantType::DeviceCode => lines([
            &*format!("    var asked = new DeviceAuthorizationRequest.Builder({who})"),
            &when(has_scope, format!("        .scope({scope})")),
            &format!("        .endpointURI(new URI({}))", literal(&facts.endpoints.device_authorization)),
            "        .build().toHTTPRequest().send();",
            "    var device = DeviceAuthorizationResponse.parse(asked).toSuccessResponse();",
            "    System.out.println(\"Open \" + device.getVerificationURI() + \" and enter \" + device.getUserCode());",
            "    System.console().readLine(\"Press Enter when it is confirmed.\");",
            &request("new DeviceCodeGrant(device.getDeviceCode())", false),
        ]),
    }
}
