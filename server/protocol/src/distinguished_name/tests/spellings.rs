//! How a text is understood, and what OpenSSL 3.0 really printed for two certificates.

use super::*;

#[test]
fn the_syntax_decides_between_the_spellings() {
    use Spelling::{OpensslDefault, OpensslSlash, Rfc4514};
    for (text, spelling) in [
        ("CN=x,O=Acme,C=GB", Rfc4514),
        ("C=GB,O=Acme,CN=x", Rfc4514),
        ("C=GB,O=Acme, CN=x", Rfc4514),
        ("CN=x, O=Acme, C=GB", Rfc4514),
        ("Subject: CN=x, O=Acme, C=GB", Rfc4514),
        ("CN=x, OU=y", Rfc4514),
        ("CN=x, 1.2.3.4=y", Rfc4514),
        ("C=GB, CN=x, C=GB", Rfc4514),
        ("O=Acme, OU=y", Rfc4514),
        ("CN=x", Rfc4514),
        ("subject=CN=x,C=GB", Rfc4514),
        ("CN=x, C = GB", Rfc4514),
        ("C = GB, CN = x", OpensslDefault),
        ("C = GB,CN = x", OpensslDefault),
        ("CN = x, C = GB", OpensslDefault),
        ("subject=CN=x, C=GB", OpensslDefault),
        ("C=GB, CN=x", OpensslDefault),
        ("Subject: C=GB, CN=x", OpensslDefault),
        ("O=Acme, CN=x", OpensslDefault),
        ("OU=y, O=Acme, serialNumber=7", OpensslDefault),
        ("DC=com, DC=example, CN=x", OpensslDefault),
        ("/C=GB/CN=x", OpensslSlash),
        ("subject= /C=GB/CN=x", OpensslSlash),
    ] {
        assert_eq!(DistinguishedName::parse_as_spelled(text).map(|(_, spelling)| spelling), Ok(spelling), "{text}");
    }
}

#[test]
fn what_openssl_prints_is_one_name_in_all_its_forms() {
    for (der, printed) in [
        (
            "305b310b300906035504061302474231233021060355040a0c1a41636d652c20224c7464222b42203c783e3b23795c7a3d712f7731173015060355040b\
         0c0e42c3bc6368657220e4b8ade69687310e300c06035504030c05236c656164",
            [
                r#"subject=C = GB, O = "Acme, \"Ltd\"+B <x>;#y\\z=q/w", OU = B\C3\BCcher \E4\B8\AD\E6\96\87, CN = "\#lead""#,
                r##"subject=C = GB, O = "Acme, \"Ltd\"+B <x>;#y\\z=q/w", OU = B\C3\BCcher \E4\B8\AD\E6\96\87, CN = "#lead""##,
                r#"subject=CN=\#lead,OU=B\C3\BCcher \E4\B8\AD\E6\96\87,O=Acme\, \"Ltd\"\+B \<x\>\;#y\\z=q/w,C=GB"#,
                r#"subject=/C=GB/O=Acme, "Ltd"\+B <x>;#y\z=q\/w/OU=B\xC3\xBCcher \xE4\xB8\xAD\xE6\x96\x87/CN=#lead"#,
                r##"subject=C=GB, O="Acme, \"Ltd\"+B <x>;#y\\z=q/w", OU=B\FCcher \U4E2D\U6587, CN="#lead""##,
            ],
        ),
        (
            "3062310b300906035504061302474231123010060355040a140941636d652c204c74643117301506035504611e0e00500053004400470042002d0031312630\
         10060a0992268993f22c64010116027531301206035504030c0b436c69656e7420204f6e65",
            [
                r#"subject=C = GB, O = "Acme, Ltd", organizationIdentifier = PSDGB-1, UID = u1 + CN = Client  One"#,
                r#"subject=C = GB, O = "Acme, Ltd", 2.5.4.97 = PSDGB-1, UID = u1 + CN = Client  One"#,
                r#"subject=CN=Client  One+UID=u1,organizationIdentifier=PSDGB-1,O=Acme\, Ltd,C=GB"#,
                r#"subject=CN=Client  One+UID=u1,2.5.4.97=#1E0E00500053004400470042002D0031,O=Acme\, Ltd,C=GB"#,
                r#"subject= /C=GB/O=Acme, Ltd/organizationIdentifier=PSDGB-1/UID=u1+CN=Client  One"#,
            ],
        ),
    ] {
        let name = DistinguishedName::from_der(&crate::distinguished_name::lexer::octets(der).unwrap()).unwrap();
        for text in printed {
            assert_eq!(parsed(text), name, "{text}");
        }
        assert_eq!(parsed(&name.to_rfc4514()), name);
    }
}
