//! One registered URI and what attackers make of it: nothing that is not the same text is accepted (RFC 9700 §4.1).

use super::*;

const REGISTERED: &str = "https://client.example/app/cb?tenant=a&x=%2f";

/// Each could be read as the registered one, or taken for it, by some parser, browser or proxy.
const MUTATIONS: &[&str] = &[
    // Nothing, or a part of it.
    "",
    " ",
    "https:",
    "https://",
    "https://client.example",
    "https://client.example/",
    "https://client.example/app/cb",
    "https://client.example/app/cb?",
    "https://client.example/app/cb?tenant=a",
    "https://client.example/app/cb?tenant=a&x=%2",
    "/app/cb?tenant=a&x=%2f",
    "//client.example/app/cb?tenant=a&x=%2f",
    "client.example/app/cb?tenant=a&x=%2f",
    "https:client.example/app/cb?tenant=a&x=%2f",
    "https:/client.example/app/cb?tenant=a&x=%2f",
    "https:///client.example/app/cb?tenant=a&x=%2f",
    "https:////client.example/app/cb?tenant=a&x=%2f",
    // Scheme.
    "http://client.example/app/cb?tenant=a&x=%2f",
    "HTTPS://client.example/app/cb?tenant=a&x=%2f",
    "Https://client.example/app/cb?tenant=a&x=%2f",
    "https ://client.example/app/cb?tenant=a&x=%2f",
    "ht\ttps://client.example/app/cb?tenant=a&x=%2f",
    "wss://client.example/app/cb?tenant=a&x=%2f",
    "javascript:https://client.example/app/cb?tenant=a&x=%2f",
    "javascript://client.example/app/cb?tenant=a&x=%2f",
    "view-source:https://client.example/app/cb?tenant=a&x=%2f",
    // Host.
    "https://CLIENT.example/app/cb?tenant=a&x=%2f",
    "https://client.EXAMPLE/app/cb?tenant=a&x=%2f",
    "https://client.example./app/cb?tenant=a&x=%2f",
    "https://www.client.example/app/cb?tenant=a&x=%2f",
    "https://evilclient.example/app/cb?tenant=a&x=%2f",
    "https://client.example.evil.example/app/cb?tenant=a&x=%2f",
    "https://evil.example/app/cb?tenant=a&x=%2f",
    "https://evil.example/client.example/app/cb?tenant=a&x=%2f",
    "https://client%2eexample/app/cb?tenant=a&x=%2f",
    "https://client%E3%80%82example/app/cb?tenant=a&x=%2f",
    "https://client\u{3002}example/app/cb?tenant=a&x=%2f",
    "https://client\u{ff0e}example/app/cb?tenant=a&x=%2f",
    "https://cl\u{131}ent.example/app/cb?tenant=a&x=%2f",
    "https://cli\u{435}nt.example/app/cb?tenant=a&x=%2f",
    "https://\u{ff43}lient.example/app/cb?tenant=a&x=%2f",
    "https://cli\u{ad}ent.example/app/cb?tenant=a&x=%2f",
    "https://cli\u{200b}ent.example/app/cb?tenant=a&x=%2f",
    "https://xn--client-.example/app/cb?tenant=a&x=%2f",
    "https://*.example/app/cb?tenant=a&x=%2f",
    "https://client.example\0.evil.example/app/cb?tenant=a&x=%2f",
    "https://[client.example]/app/cb?tenant=a&x=%2f",
    // User information and port.
    "https://@client.example/app/cb?tenant=a&x=%2f",
    "https://user@client.example/app/cb?tenant=a&x=%2f",
    "https://user:secret@client.example/app/cb?tenant=a&x=%2f",
    "https://client.example@evil.example/app/cb?tenant=a&x=%2f",
    "https://client.example:x@evil.example/app/cb?tenant=a&x=%2f",
    "https://evil.example\\@client.example/app/cb?tenant=a&x=%2f",
    "https://client.example:/app/cb?tenant=a&x=%2f",
    "https://client.example:443/app/cb?tenant=a&x=%2f",
    "https://client.example:0443/app/cb?tenant=a&x=%2f",
    "https://client.example:8443/app/cb?tenant=a&x=%2f",
    "https://client.example:80:443/app/cb?tenant=a&x=%2f",
    // Backslashes.
    "https:\\\\client.example\\app\\cb?tenant=a&x=%2f",
    "https://client.example\\app/cb?tenant=a&x=%2f",
    "https://client.example/app\\cb?tenant=a&x=%2f",
    "https://client.example\\.evil.example/app/cb?tenant=a&x=%2f",
    // Path.
    "https://client.example/APP/cb?tenant=a&x=%2f",
    "https://client.example/app/CB?tenant=a&x=%2f",
    "https://client.example/app/cb/?tenant=a&x=%2f",
    "https://client.example/app//cb?tenant=a&x=%2f",
    "https://client.example//app/cb?tenant=a&x=%2f",
    "https://client.example/./app/cb?tenant=a&x=%2f",
    "https://client.example/app/./cb?tenant=a&x=%2f",
    "https://client.example/app/x/../cb?tenant=a&x=%2f",
    "https://client.example/app/cb/..?tenant=a&x=%2f",
    "https://client.example/app/cb/../../evil?tenant=a&x=%2f",
    "https://client.example/app/%2e/cb?tenant=a&x=%2f",
    "https://client.example/app/x/%2e%2e/cb?tenant=a&x=%2f",
    "https://client.example/app/x/%2E./cb?tenant=a&x=%2f",
    "https://client.example/app/x/..%2fcb?tenant=a&x=%2f",
    "https://client.example/app%2fcb?tenant=a&x=%2f",
    "https://client.example/app%5ccb?tenant=a&x=%2f",
    "https://client.example/app/%63b?tenant=a&x=%2f",
    "https://client.example/app/cb%00?tenant=a&x=%2f",
    "https://client.example/app/cb%20?tenant=a&x=%2f",
    "https://client.example/app/cb;x?tenant=a&x=%2f",
    "https://client.example/app/cb.html?tenant=a&x=%2f",
    "https://client.example/app/cb/evil?tenant=a&x=%2f",
    "https://client.example/app/c?tenant=a&x=%2f",
    "https://client.example/app/*?tenant=a&x=%2f",
    "https://client.example/app/ｃb?tenant=a&x=%2f",
    // Query.
    "https://client.example/app/cb?tenant=b&x=%2f",
    "https://client.example/app/cb?TENANT=a&x=%2f",
    "https://client.example/app/cb?tenant=A&x=%2f",
    "https://client.example/app/cb?x=%2f&tenant=a",
    "https://client.example/app/cb?tenant=a&x=%2F",
    "https://client.example/app/cb?tenant=a&x=/",
    "https://client.example/app/cb?tenant=a&x=%252f",
    "https://client.example/app/cb?tenant=a;x=%2f",
    "https://client.example/app/cb?tenant=a&amp;x=%2f",
    "https://client.example/app/cb?tenant=a&&x=%2f",
    "https://client.example/app/cb?&tenant=a&x=%2f",
    "https://client.example/app/cb??tenant=a&x=%2f",
    "https://client.example/app/cb?tenant=a&x=%2f&",
    "https://client.example/app/cb?tenant=a&x=%2f&y=1",
    "https://client.example/app/cb?tenant=a&x=%2f&x=%2f",
    "https://client.example/app/cb?tenant=a&tenant=b&x=%2f",
    "https://client.example/app/cb?tenant=a&x=%2f&redirect_uri=https://evil.example",
    "https://client.example/app/cb?tenant=a&x=%2f?",
    "https://client.example/app/cb?tenant=a&x=%2f&code=stolen",
    "https://client.example/app/cb%3Ftenant=a&x=%2f",
    // Fragment.
    "https://client.example/app/cb?tenant=a&x=%2f#",
    "https://client.example/app/cb?tenant=a&x=%2f#evil",
    "https://client.example/app/cb#?tenant=a&x=%2f",
    "https://evil.example/#https://client.example/app/cb?tenant=a&x=%2f",
    "https://client.example/app/cb?tenant=a&x=%2f%23",
    // White space and what does not show.
    " https://client.example/app/cb?tenant=a&x=%2f",
    "https://client.example/app/cb?tenant=a&x=%2f ",
    "\thttps://client.example/app/cb?tenant=a&x=%2f",
    "https://client.example/app/cb?tenant=a&x=%2f\t",
    "https://client.example/app/\tcb?tenant=a&x=%2f",
    "https://client.example/app/cb?tenant=a&x=%2f\n",
    "https://client.example/app/cb?tenant=a&x=%2f\r\nLocation: https://evil.example",
    "\u{feff}https://client.example/app/cb?tenant=a&x=%2f",
    "https://client.example/app/cb?tenant=a&x=%2f\0",
    "\0https://client.example/app/cb?tenant=a&x=%2f",
    "https://client.example/app/cb?tenant=a&x=%2f\u{a0}",
    "https://client.example/app/cb\u{2028}?tenant=a&x=%2f",
    "https://client.example/app/cb?tenant=a&x=%2f\u{202e}",
    // Two of them.
    "https://client.example/app/cb?tenant=a&x=%2f https://evil.example",
    "https://client.example/app/cb?tenant=a&x=%2f,https://evil.example",
    "https://evil.example?https://client.example/app/cb?tenant=a&x=%2f",
];

#[test]
fn every_mutation_is_refused() {
    let kept: std::collections::BTreeSet<_> = MUTATIONS.iter().collect();
    assert!(kept.len() >= 80 && kept.len() == MUTATIONS.len(), "{}", kept.len());
    let registered = ["https://other.example/cb".to_owned(), REGISTERED.to_owned()];
    for application_type in [ApplicationType::Web, ApplicationType::Native] {
        for mutation in MUTATIONS {
            assert_eq!(RedirectUri::find(mutation, &registered, application_type), None, "{mutation:?}");
            assert_eq!(RedirectUri::exact(mutation, &registered), None, "{mutation:?}");
        }
        let found = RedirectUri::find(REGISTERED, &registered, application_type).unwrap();
        assert_eq!(found.as_str(), REGISTERED);
    }
    assert_eq!(validate_redirect_uri(REGISTERED, ApplicationType::Web), Ok(()));
}

#[test]
fn every_single_character_counts() {
    let registered = [REGISTERED.to_owned()];
    for at in 0..REGISTERED.len() {
        let (before, after) = REGISTERED.split_at(at);
        let without = format!("{before}{}", &after[1..]);
        let other = format!("{before}{}{}", if after.starts_with('e') { 'a' } else { 'e' }, &after[1..]);
        for presented in [without, other, format!("{before}e{after}"), format!("{before}\0{after}")] {
            assert_eq!(RedirectUri::find(&presented, &registered, ApplicationType::Native), None, "{presented:?}");
        }
    }
    assert!(RedirectUri::find(REGISTERED, &registered, ApplicationType::Native).is_some());
}
