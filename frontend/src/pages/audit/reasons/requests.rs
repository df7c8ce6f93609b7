//! Why a request, a sign-in or a delivery failed although it is known who asked: the error codes of the standards
//! (RFC 6749 §5.2 and its kin), and a few of our own.

use super::Words;

type Entry = (&'static str, Words);

/// The words for `reason`.
pub(super) fn words(reason: &str) -> Option<Words> {
    ENTRIES.iter().find(|(name, _)| *name == reason).map(|(_, words)| *words)
}

/// The reasons there are words for.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    ENTRIES.iter().map(|(name, _)| *name)
}

const fn entry(name: &'static str, title: &'static str, sentence: &'static str, remedy: &'static str) -> Entry {
    (name, Words::of(title, sentence, remedy))
}

const ENTRIES: &[Entry] = &[
    entry(
        "redirect_uri_mismatch",
        "Redirect URI is not registered",
        "The application asked to return to an address that is not registered for it.",
        "Register the address that was presented, if it is the application's; it must match to the last character.",
    ),
    entry(
        "invalid_request",
        "Malformed request",
        "The request lacks something, has something twice, or contradicts itself.",
        "Look at the message in the details and mend the application.",
    ),
    entry(
        "invalid_client",
        "Client authentication failed",
        "The client could not be authenticated.",
        "Compare the application's credential with the one registered.",
    ),
    entry(
        "invalid_grant",
        "Code or token is not good",
        "The code, refresh token or device code is unknown, expired, used before, or was given to another client.",
        "Use each code once and within its time; after a refresh, keep the new refresh token and forget the old one.",
    ),
    entry(
        "unauthorized_client",
        "Grant not allowed for the client",
        "The client is not registered for the grant it asked for.",
        "Add the grant type to the client, if it should use it.",
    ),
    entry(
        "unsupported_grant_type",
        "Grant is not enabled here",
        "The grant type is unknown, or not enabled in this workspace.",
        "Enable the grant type in the workspace's settings, or let the application use another.",
    ),
    entry(
        "invalid_scope",
        "Scope is not allowed",
        "A scope is unknown in this workspace, malformed, or not among those of the client.",
        "Compare the scopes that the application asks for with those of the client.",
    ),
    entry(
        "invalid_target",
        "Unknown resource",
        "The resource or audience asked for is no service of this workspace, or none that the client may use.",
        "Compare it with the audiences of the workspace's services.",
    ),
    entry(
        "access_denied",
        "Somebody said no",
        "The person, or the server in their name, did not agree.",
        "Nothing is broken; the application may ask again.",
    ),
    entry(
        "unsupported_response_type",
        "Unknown response type",
        "The application asked for a response type that is not supported; only code is.",
        "Configure the application for the authorization code flow.",
    ),
    entry(
        "login_required",
        "Nobody is signed in",
        "The application forbade to show a page (prompt=none), and nobody was signed in.",
        "The application should go on with a visible sign-in.",
    ),
    entry(
        "consent_required",
        "Consent is needed",
        "The application forbade to show a page (prompt=none), and the person has not agreed yet.",
        "The application should ask again without prompt=none.",
    ),
    entry(
        "interaction_required",
        "A page has to be shown",
        "The application forbade to show a page (prompt=none), and one was needed.",
        "The application should ask again without prompt=none.",
    ),
    entry(
        "account_selection_required",
        "An account has to be chosen",
        "The application forbade to show a page (prompt=none), and the person had to choose an account.",
        "The application should ask again without prompt=none.",
    ),
    entry(
        "invalid_request_uri",
        "Pushed request is not good",
        "The request_uri is unknown, used before, expired, or was given to another client.",
        "Push a new request for each authorization and use it at once.",
    ),
    entry(
        "invalid_request_object",
        "Request object is not good",
        "The signed request cannot be read, or its signature is not the client's.",
        "Sign it with the key that is registered for the client.",
    ),
    entry(
        "request_not_supported",
        "Request objects are not supported",
        "The application sent a request object where none is taken.",
        "Send the parameters plainly, or push them first.",
    ),
    entry(
        "request_uri_not_supported",
        "Request URI is not fetched",
        "The application named a request_uri elsewhere; none is fetched.",
        "Push the request to this workspace and use the request_uri it answers.",
    ),
    entry(
        "registration_not_supported",
        "Registration by request",
        "The application tried to register itself within an authorization request.",
        "Register the client here first.",
    ),
    entry(
        "unmet_authentication_requirements",
        "Sign-in is not strong enough",
        "The application asked for a stronger sign-in than the person can give.",
        "Lower what the application asks for in acr_values.",
    ),
    entry(
        "slow_down",
        "Device asks too often",
        "The device asked for its token before the interval had passed.",
        "The device should wait five seconds longer after each such answer.",
    ),
    entry(
        "expired_token",
        "Device code has expired",
        "Nobody approved the device in time.",
        "The device should begin anew and show a new code.",
    ),
    entry(
        "invalid_redirect_uri",
        "Redirect URI cannot be registered",
        "A client that registers itself named a redirect URI that is not allowed.",
        "Look at the message in the details: redirect URIs are absolute, without a fragment, and HTTPS unless on this machine.",
    ),
    entry(
        "invalid_client_metadata",
        "Client cannot be registered so",
        "A client that registers itself named metadata that is not allowed here.",
        "Look at the message in the details.",
    ),
    entry(
        "invalid_token",
        "Access token is not good",
        "The access token is unknown, expired, revoked or malformed.",
        "Get a new token; a registration access token works for its own client only.",
    ),
    entry(
        "insufficient_scope",
        "Token lacks the scope",
        "The access token is good, but not for this.",
        "Ask for a token with the scope that is needed.",
    ),
    entry(
        "server_error",
        "Server could not answer",
        "Something broke in the server.",
        "Look for the request id in the server's log.",
    ),
    entry(
        "temporarily_unavailable",
        "Server could not answer yet",
        "The server could not answer at that moment.",
        "The application should try again; if it goes on, look for the request id in the server's log.",
    ),
    entry(
        "unknown_user",
        "Unknown user",
        "Nobody of this name is in the workspace's user pool.",
        "Check the name, and that the workspace uses the right user pool.",
    ),
    entry(
        "password_mismatch",
        "Wrong password",
        "The password is not the person's.",
        "If they have forgotten it, make a link for a new password on the user's page.",
    ),
    entry(
        "user_disabled",
        "User is disabled",
        "The person's password is right, but they are switched off.",
        "Enable the user if they should get in again.",
    ),
    entry(
        "user_inactive",
        "Disabled user asks for a password",
        "Somebody asked for a new password for them, but they are switched off.",
        "Enable the user if they should get in again.",
    ),
    entry(
        "email_not_verified",
        "E-mail address not verified",
        "Somebody asked for a new password, but the person has no verified e-mail address that a link could be sent to.",
        "Have the address verified on the user's page, or hand them a reset link.",
    ),
    entry(
        "too_many_mails",
        "Too many links sent",
        "The person was sent as many links for a new password within the hour as anybody is.",
        "Nothing, unless it happens often: then somebody may be playing tricks on them.",
    ),
    entry(
        "mail_not_sent",
        "Letter not sent",
        "The mail server did not take a letter, and it was given up.",
        "See what it answered in the details, check the settings of the mail server, and make another link.",
    ),
    entry(
        "unknown_user_code",
        "Unknown device code typed",
        "Somebody typed a code that no device shows at the moment.",
        "Nothing, unless it happens often: then somebody may be guessing.",
    ),
    entry(
        "logout_not_taken",
        "Client did not hear of a sign-out",
        "The client's backchannel_logout_uri did not take the message that a session has ended.",
        "Look at the message in the details; the server tries again for a while.",
    ),
];
