//! What each member of a header or a claim is, by its name (the IANA registries of JOSE and JWT).

/// What the member `name` of a header is.
pub(super) fn of_header(name: &str) -> Option<&'static str> {
    Some(match name {
        "alg" => "The algorithm of the signature.",
        "kid" => "Which of the signer's keys it was signed with.",
        "typ" => "What kind of token it is, so that it cannot pass for another.",
        "cty" => "What is inside it.",
        "jwk" => "A key that the token names itself. It proves nothing about who signed it, except in a DPoP proof.",
        "jku" | "x5u" => "An address of keys that the token names itself. It is never followed.",
        "x5c" => "A certificate that the token names itself. It is never trusted for that.",
        "x5t" | "x5t#S256" => "Which certificate belongs to the key.",
        "crit" => "Extensions that whoever reads it must understand.",
        _ => return None,
    })
}

/// What the claim `name` is.
pub(super) fn of_claim(name: &str) -> Option<&'static str> {
    Some(match name {
        "iss" => "Who issued it.",
        "sub" => "Whom it is about: the person, or the application where none is involved.",
        "aud" => "Whom it is for. Nobody else should take it.",
        "exp" => "Until when it is valid.",
        "nbf" => "From when on it is valid.",
        "iat" => "When it was issued.",
        "jti" => "Its own id, by which it is revoked, or known to have been used.",
        "client_id" => "The application that got it.",
        "scope" => "What the application may do with it.",
        "cnf" => "What its holder must prove besides having it.",
        "act" => "Who acts in the subject's name.",
        "azp" => "The application it was issued to.",
        "nonce" => "Ties it to one sign-in of the application, which must compare it.",
        "auth_time" => "When the person signed in.",
        "acr" => "How strongly the person was authenticated.",
        "amr" => "By what the person was authenticated.",
        "at_hash" => "Ties it to the access token that came with it.",
        "c_hash" => "Ties it to the code that came with it.",
        "s_hash" => "Ties it to the state of the request.",
        "sid" => "The session at the server, by which the application hears of a sign-out.",
        "events" => "What has happened.",
        "name" => "The person's full name.",
        "given_name" => "The person's given name.",
        "family_name" => "The person's family name.",
        "middle_name" => "The person's middle name.",
        "nickname" => "What the person is called.",
        "preferred_username" => "The name the person signs in with. It may change: tell people apart by sub.",
        "email" => "The person's e-mail address. It may change: tell people apart by sub.",
        "email_verified" => "Whether the person has shown that the address is theirs.",
        "phone_number" => "The person's telephone number.",
        "phone_number_verified" => "Whether the person has shown that the number is theirs.",
        "picture" => "The person's picture.",
        "profile" | "website" => "A page of the person's.",
        "gender" => "The person's gender.",
        "birthdate" => "The person's birthday.",
        "zoneinfo" => "The person's time zone.",
        "locale" => "The person's language.",
        "updated_at" => "When what is known of the person last changed.",
        "address" => "The person's postal address.",
        "htm" => "The HTTP method of the request it is for.",
        "htu" => "The address of the request it is for.",
        "ath" => "Ties it to the access token it is sent with.",
        "roles" | "groups" => "What the subject belongs to, for the API to judge by.",
        "authorization_details" => "What exactly the application may do with it (RFC 9396).",
        "response_type"
        | "redirect_uri"
        | "state"
        | "code_challenge"
        | "code_challenge_method"
        | "response_mode"
        | "prompt"
        | "max_age"
        | "login_hint"
        | "claims"
        | "acr_values"
        | "ui_locales" => "A parameter of the authorization request.",
        _ => return None,
    })
}

/// Whether the claim `name` is a moment.
pub(super) fn is_moment(name: &str) -> bool {
    matches!(name, "exp" | "nbf" | "iat" | "auth_time" | "updated_at")
}
