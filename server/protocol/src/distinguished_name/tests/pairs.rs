//! Pairs of names, equal or not; RFC 5280 §7.1 decides.

use super::*;

const EQUAL: bool = true;
const DIFFERENT: bool = false;

const PAIRS: [(&str, &str, bool, &str); 86] = [
    // Spellings of one name.
    (
        "CN=x,O=Acme,C=GB",
        "C = GB, O = Acme, CN = x",
        EQUAL,
        "OpenSSL's default is in DER's order, RFC 4514 is reversed",
    ),
    ("CN=x,O=Acme,C=GB", "subject=C = GB, O = Acme, CN = x", EQUAL, "with its label"),
    ("CN=x,O=Acme,C=GB", "/C=GB/O=Acme/CN=x", EQUAL, "the slash form is in DER's order"),
    ("CN=x,O=Acme,C=GB", "subject= /C=GB/O=Acme/CN=x", EQUAL, "OpenSSL before 1.1"),
    ("CN=x,O=Acme,C=GB", "subject=CN=x,O=Acme,C=GB", EQUAL, "-nameopt RFC2253"),
    ("CN=x,O=Acme,C=GB", "subject=C=GB, O=Acme, CN=x", EQUAL, "OpenSSL 3.2"),
    ("CN=x,O=Acme,C=GB", "C=GB, O=Acme, CN=x", EQUAL, "OpenSSL 3.2, the label left behind: it begins with the country"),
    ("CN=x,O=Acme,C=GB", "CN=x, O=Acme, C=GB", EQUAL, "Java and Windows: it ends with the country"),
    ("CN=x,O=Acme,C=GB", "Subject: CN=x, O=Acme, C=GB", EQUAL, "with their label"),
    ("CN=x,O=Acme", "CN=x, O=Acme", EQUAL, "a space after the comma"),
    ("CN=x,O=Acme", "CN=x ,O=Acme", EQUAL, "a space before the comma"),
    ("CN=x,O=Acme", "CN =x,O= Acme", EQUAL, "spaces beside some of the equal signs"),
    ("CN=x,O=Acme", "O=Acme, CN=x", EQUAL, "from the organisation down to the common name"),
    ("CN=x,OU=y,DC=corp,DC=com", "DC=com, DC=corp, OU=y, CN=x", EQUAL, "from the domain down"),
    ("CN=x+UID=u,C=GB", "C = GB, CN = x + UID = u", EQUAL, "padding around the plus"),
    ("CN=x+UID=u,C=GB", "/C=GB/CN=x+UID=u", EQUAL, "the plus in the slash form"),
    ("CN=x", "CN=x\n", EQUAL, "the end of the line that was pasted along"),
    ("cn=x,o=Acme", "CN=x,O=Acme", EQUAL, "types have no case"),
    ("2.5.4.3=x", "CN=x", EQUAL, "number and name"),
    ("OID.2.5.4.97=PSDGB-1", "organizationIdentifier=PSDGB-1", EQUAL, "Java's prefix"),
    ("E=a@b.example", "emailAddress=a@b.example", EQUAL, "names of the email address"),
    ("EMAILADDRESS=a@b.example", "1.2.840.113549.1.9.1=a@b.example", EQUAL, "names of the email address"),
    ("S=Kent", "ST=Kent", EQUAL, "Windows writes S"),
    ("SERIALNUMBER=7", "serialNumber=7", EQUAL, "Java writes capitals"),
    ("UID=u", "userId=u", EQUAL, "both are registered"),
    // Escapes and quotes.
    ("O=Acme\\, Ltd", "O = \"Acme, Ltd\"", EQUAL, "escaped or quoted"),
    ("O=Acme\\2C Ltd", "O=Acme\\, Ltd", EQUAL, "as octets or as itself"),
    ("O=Acme\\20Ltd", "O=Acme Ltd", EQUAL, "an escaped space is a space"),
    ("O=A\\\"B\\\"", "O = \"A\\\"B\\\"\"", EQUAL, "quotes within quotes"),
    ("O=B\\C3\\BCcher", "O=Bücher", EQUAL, "UTF-8 as octets"),
    ("O=B\\FCcher", "O=Bücher", EQUAL, "Latin-1, which OpenSSL leaves of a TeletexString"),
    ("O=\\E4", "O=ä", EQUAL, "one such octet"),
    ("O=\\U4E2D\\U6587", "O=中文", EQUAL, "OpenSSL's wide characters"),
    ("/O=B\\xC3\\xBCcher", "O=Bücher", EQUAL, "UTF-8 in the slash form"),
    ("/O=A\\/B\\+C", "O=A/B\\+C", EQUAL, "what the slash form escapes"),
    ("/O=A/B+C/CN=x", "CN=x,O=A/B\\+C", EQUAL, "what it did not escape in older versions"),
    ("/CN=https://a.example/b", "CN=https://a.example/b", EQUAL, "slashes that separate nothing"),
    ("CN=#0c0178", "CN=x", EQUAL, "a text as its DER"),
    ("CN=#130178", "CN=#0c0178", EQUAL, "string types do not count"),
    ("CN=#1E020078", "CN=x", EQUAL, "a BMPString"),
    ("1.2.3.4=x", "1.2.3.4=#130178", EQUAL, "also of types without a name"),
    ("CN=\\#0c0178", "CN=#0c0178", DIFFERENT, "an escaped # begins a text"),
    ("CN=a=b", "CN=a\\=b", EQUAL, "an equal sign may be escaped"),
    // Case and white space.
    ("CN=x,O=ACME", "CN=X,O=acme", EQUAL, "case is folded"),
    ("O=Acme  Ltd", "O=Acme Ltd", EQUAL, "inner white space is compressed"),
    ("O=\\ Acme\\ ", "O=Acme", EQUAL, "outer white space is cut off"),
    ("O=Acme\u{a0}Ltd", "O=Acme Ltd", EQUAL, "other spaces are spaces"),
    ("O=Acme Ltd", "O=AcmeLtd", DIFFERENT, "one space is not none"),
    ("O=ÄRGER", "O=ärger", EQUAL, "case beyond ASCII"),
    ("O=Straße", "O=STRASSE", EQUAL, "RFC 3454 App. B.2"),
    ("O=A\u{308}rger", "O=Ärger", EQUAL, "composed or not: NFKC"),
    ("O=ﬁrm", "O=firm", EQUAL, "compatibility: NFKC"),
    ("O=Ａｃｍｅ", "O=Acme", EQUAL, "full width: NFKC"),
    ("C=gb", "C=GB", EQUAL, "countries, too"),
    ("serialNumber=ab", "serialNumber=AB", EQUAL, "serial numbers, too"),
    ("DC=Example,DC=COM", "DC=example,DC=com", EQUAL, "domain components: §7.3"),
    ("E=A@B.example", "E=a@b.EXAMPLE", EQUAL, "email addresses in names: RFC 2985, caseIgnoreMatch"),
    ("1.2.3.4=Foo", "1.2.3.4=foo", EQUAL, "texts of unknown types"),
    // What is not folded.
    ("CN=admin", "CN=аdmin", DIFFERENT, "Cyrillic а"),
    ("CN=Google", "CN=Gοοgle", DIFFERENT, "Greek ο"),
    ("CN=admin", "CN=admın", DIFFERENT, "dotless ı"),
    ("CN=paypal", "CN=paypa1", DIFFERENT, "a one"),
    ("CN=e", "CN=é", DIFFERENT, "accents"),
    ("CN=0", "CN=O", DIFFERENT, "a zero"),
    ("CN=a-b", "CN=a‐b", DIFFERENT, "hyphens"),
    ("CN=x.", "CN=x", DIFFERENT, "a full stop counts"),
    ("CN=*.example", "CN=a.example", DIFFERENT, "no wildcard"),
    // Order.
    ("CN=x,O=Acme,C=GB", "C=GB,O=Acme,CN=x", DIFFERENT, "the order of RDNs counts; without spaces it is RFC 4514's"),
    ("CN=x,O=Acme,C=GB", "/CN=x/O=Acme/C=GB", DIFFERENT, "the slash form is never reversed"),
    ("CN=x,O=Acme,C=GB", "CN = x, O = Acme, C = GB", DIFFERENT, "nor is OpenSSL's default"),
    ("CN=x,OU=a,OU=b", "CN=x,OU=b,OU=a", DIFFERENT, "also among RDNs of one type"),
    ("DC=example,DC=com", "DC=com,DC=example", DIFFERENT, "also of domain components"),
    ("CN=x+UID=u,O=Acme", "UID=u+CN=x,O=Acme", EQUAL, "the order inside an RDN does not count"),
    ("OU=a+OU=b", "OU=B+OU=A", EQUAL, "also among attributes of one type"),
    // Parts and wholes.
    ("CN=x+UID=u", "CN=x,UID=u", DIFFERENT, "one RDN of two is not two of one"),
    ("CN=x+UID=u", "CN=x", DIFFERENT, "an attribute more"),
    ("CN=x+CN=x", "CN=x", DIFFERENT, "an attribute twice"),
    ("OU=a+OU=a+OU=b", "OU=a+OU=b+OU=b", DIFFERENT, "each counts"),
    ("CN=x,O=Acme", "CN=x", DIFFERENT, "an RDN more"),
    ("CN=x", "CN=x,C=GB", DIFFERENT, "the common name is not the name"),
    ("CN=xy", "CN=x", DIFFERENT, "a beginning is not the whole"),
    ("CN=x", "OU=x", DIFFERENT, "types count"),
    ("CN=x", "UID=x", DIFFERENT, "types count"),
    ("emailAddress=a@b.example", "mail=a@b.example", DIFFERENT, "two types of email addresses"),
    ("O=a\\, CN=x", "O=a,CN=x", DIFFERENT, "an escaped comma does not separate"),
    ("O=a\\+CN=x", "O=a+CN=x", DIFFERENT, "nor does an escaped plus"),
];

#[test]
fn names_are_equal_as_rfc_5280_says() {
    for (left, right, equal, why) in PAIRS {
        let (a, b) = (parsed(left), parsed(right));
        assert_eq!(a == b, equal, "{left:?} and {right:?}: {why}");
        assert_eq!(b == a, equal, "{right:?} and {left:?}: {why}");
        assert_eq!(a, a.clone());
    }
}

#[test]
fn the_canonical_text_of_each_is_the_same_name() {
    for text in PAIRS.into_iter().flat_map(|(left, right, ..)| [left, right]) {
        let name = parsed(text);
        assert_eq!(parsed(&name.to_rfc4514()), name, "{text:?} became {name}");
    }
}
