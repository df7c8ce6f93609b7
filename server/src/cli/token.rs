//! `cardea token decode`: what a JWT says (RFC 7519), for people who look for a mistake.

use std::io::{self, Read as _};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clap::Subcommand;

use super::Failure;

#[derive(Subcommand)]
pub(super) enum Token {
    /// Prints header and claims of a JWT. Its signature is not checked.
    Decode {
        /// The JWT, or - to read it from standard input.
        jwt: String,
    },
}

impl Token {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self::Decode { jwt } = self;
        let jwt = if jwt == "-" { standard_input()? } else { jwt };
        print!("{}", decoded(jwt.trim()).map_err(Failure::Failed)?);
        eprintln!("The signature was NOT checked: anybody can have written this.");
        Ok(())
    }
}

fn standard_input() -> Result<String, Failure> {
    let mut text = String::new();
    match io::stdin().read_to_string(&mut text) {
        Ok(_) => Ok(text),
        Err(error) => Err(Failure::Failed(format!("standard input: {error}"))),
    }
}

fn decoded(jwt: &str) -> Result<String, String> {
    let parts: Vec<_> = jwt.split('.').collect();
    match parts.as_slice() {
        [header, claims, _signature] => {
            Ok(format!("# header\n{}\n# claims\n{}\n", json("header", header)?, json("claims", claims)?))
        }
        [header, _, _, _, _] => {
            Err(format!("this JWT is encrypted (RFC 7516); its header is {}", json("header", header)?))
        }
        parts => Err(format!("a signed JWT has three parts, and this has {}", parts.len())),
    }
}

fn json(name: &str, part: &str) -> Result<String, String> {
    let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|error| format!("the {name} is not base64url: {error}"))?;
    let value: serde_json::Value =
        serde_json::from_slice(&bytes).map_err(|error| format!("the {name} is not JSON: {error}"))?;
    serde_json::to_string_pretty(&value).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_and_claims_are_shown_of_a_jwt_and_of_nothing_else() {
        let part = |json: &str| URL_SAFE_NO_PAD.encode(json);
        let (header, claims) = (part(r#"{"alg":"ES256"}"#), part(r#"{"sub":"me"}"#));
        for wrong in [
            String::new(),
            "opaque".to_owned(),
            format!("{header}.{claims}"),
            format!("{header}.{claims}.s.e.5"),
            format!("{header}=.{claims}.s"),
            format!("{header}.{}.s", part("not json")),
        ] {
            assert!(decoded(&wrong).is_err(), "{wrong}");
        }
        let shown = decoded(&format!("{header}.{claims}.signature")).unwrap();
        assert_eq!(shown, "# header\n{\n  \"alg\": \"ES256\"\n}\n# claims\n{\n  \"sub\": \"me\"\n}\n");
    }
}
