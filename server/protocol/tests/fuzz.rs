//! Mutated names, certificates' names and headers: nothing panics, and what is understood means one thing. Deterministic: the same
//! inputs every time. A short smoke by default; `scripts/fuzz` lets it run for as long as it is told.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

#[path = "fuzz/mutator.rs"]
mod mutator;
#[path = "fuzz/seeds.rs"]
mod seeds;

use std::time::{Duration, Instant};

use cardea_protocol::{
    ClientCertHeader, der::Reader, distinguished_name::DistinguishedName, pem,
    subject_alternative_name::SubjectAlternativeNames,
};
use mutator::Mutator;

/// How often the smoke calls each target.
const SMOKE: u32 = 20_000;

/// Calls `target` with mutated `seeds`: [`SMOKE`] times, or for as many seconds as `CARDEA_FUZZ_SECONDS` says.
fn run(name: &str, seeds: &[Vec<u8>], target: fn(&[u8])) {
    let seconds = std::env::var("CARDEA_FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    let end = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    // A run by the clock begins where no run before it has been.
    let mut mutator = Mutator::new(match seconds {
        Some(_) => std::time::UNIX_EPOCH.elapsed().map_or(1, |since| since.as_secs()),
        None => 1,
    });
    let mut calls = 0_u64;
    for seed in seeds {
        target(seed);
    }
    while end.map_or(calls < u64::from(SMOKE), |end| Instant::now() < end) {
        let input = mutator.mutated(seeds);
        let caught = std::panic::catch_unwind(|| target(&input));
        assert!(caught.is_ok(), "{name}: {:?}\n{input:02x?}", String::from_utf8_lossy(&input));
        calls += 1;
    }
    println!("{name}: {calls} calls");
}

#[test]
fn a_name_that_is_understood_is_its_canonical_text() {
    run("DistinguishedName::parse", &seeds::names(), |input| {
        let text = String::from_utf8_lossy(input);
        let Ok(name) = DistinguishedName::parse(&text) else { return };
        assert!(!name.is_empty());
        let canonical = name.to_rfc4514();
        let again = DistinguishedName::parse(&canonical).unwrap();
        assert_eq!(again, name, "{canonical}");
        assert_eq!(again.to_rfc4514(), canonical);
    });
}

#[test]
fn a_certificates_name_that_can_be_registered_equals_its_text() {
    run("DistinguishedName::from_der", &seeds::der_names(), |input| {
        let Ok(name) = DistinguishedName::from_der(input) else { return };
        assert_eq!(DistinguishedName::from_der(input).as_ref(), Ok(&name));
        if let Ok(registered) = DistinguishedName::parse(&name.to_rfc4514()) {
            assert_eq!(registered, name);
        }
    });
}

#[test]
fn alternative_names_are_read_or_refused() {
    run("SubjectAlternativeNames::from_der", &seeds::alternative_names(), |input| {
        let Ok(read) = SubjectAlternativeNames::from_der(input) else { return };
        for name in &read.names {
            assert!(name.matches(name) || !name.is_registrable(), "{name}");
            assert!(name.to_string().is_ascii());
        }
    });
}

#[test]
fn rfc9440_gives_whole_certificates_or_nothing() {
    run("rfc9440", &seeds::headers(), |input| header(ClientCertHeader::Rfc9440, input));
}

#[test]
fn nginx_escaped_pem_gives_whole_certificates_or_nothing() {
    run("nginx_escaped_pem", &seeds::headers(), |input| header(ClientCertHeader::NginxEscapedPem, input));
}

#[test]
fn envoy_xfcc_gives_whole_certificates_or_nothing() {
    run("envoy_xfcc", &seeds::headers(), |input| header(ClientCertHeader::EnvoyXfcc, input));
}

/// Reads `input` as the field, and its lines as field and chain.
fn header(kind: ClientCertHeader, input: &[u8]) {
    let lines: Vec<&[u8]> = input.split(|byte| *byte == b'\n').collect();
    let (first, rest) = lines.split_at(1);
    for (field, chain) in [(&[input][..], &[][..]), (first, rest), (&lines, &[])] {
        let Ok(Some(presented)) = kind.read(field, chain) else { continue };
        assert_eq!(field.len(), 1, "two fields");
        for der in presented.intermediates.iter().chain([&presented.leaf]) {
            let mut reader = Reader::new(der);
            assert!(reader.any().is_ok() && reader.is_empty());
        }
    }
}

#[test]
fn pem_is_read_or_refused() {
    run("pem", &seeds::headers(), |input| {
        let text = String::from_utf8_lossy(input);
        if let Ok(strict) = pem::certificates(&text) {
            assert_eq!(pem::certificates_among_text(&text), Ok(strict));
        }
    });
}
