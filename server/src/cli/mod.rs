//! The command line: one file a command, and the exit codes 0 (fine), 1 (failed), 2 (usage or configuration).
//!
//! A new command is a file, a variant and the arm that the compiler then asks for.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{Config, ConfigError};

mod assertion;
mod certificate;
mod check_config;
mod demo;
mod healthcheck;
mod logging;
mod migrate;
mod serve;
mod setup_url;
mod token;

/// OAuth 2.0 and OpenID Connect authorization server.
#[derive(Parser)]
#[command(name = "cardea", version, arg_required_else_help = true)]
struct CommandLine {
    /// TOML file of settings; CARDEA_* variables win over it.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves until it is told to stop; migrates the database first.
    Serve,
    /// Brings the database to this version's schema, and ends.
    Migrate,
    /// Prints the settings as understood, secrets hidden.
    CheckConfig,
    /// Prints a new one-time link to the page where an administrator is made; earlier ones end.
    SetupUrl,
    /// Asks the server of these settings whether it is ready.
    Healthcheck,
    /// Fills the tenant `demo` with a ready client for each method, and prints a command line for each.
    Demo,
    /// Makes a client assertion, for trying things out by hand.
    Assertion(assertion::Assertion),
    /// Looks into certificates.
    #[command(subcommand)]
    Certificate(certificate::Certificate),
    /// Looks into tokens.
    #[command(subcommand)]
    Token(token::Token),
}

/// Why a command ended badly.
enum Failure {
    /// Exit code 1.
    Failed(String),
    /// Exit code 2.
    Config(ConfigError),
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let CommandLine { config, command } = CommandLine::parse();
    let config = || -> Result<Config, ConfigError> { Config::load(config.as_deref(), environment()?.into_iter()) };
    let outcome = match command {
        Command::Serve => serve::run(config),
        Command::Migrate => migrate::run(config),
        Command::CheckConfig => check_config::run(config),
        Command::SetupUrl => setup_url::run(config),
        Command::Healthcheck => healthcheck::run(config),
        Command::Demo => demo::run(config),
        Command::Assertion(assertion) => assertion.run(),
        Command::Certificate(certificate) => certificate.run(),
        Command::Token(token) => token.run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Failed(problem)) => {
            eprintln!("cardea: {problem}");
            ExitCode::from(1)
        }
        Err(Failure::Config(error)) => {
            error.problems().for_each(|problem| eprintln!("cardea: {problem}"));
            ExitCode::from(2)
        }
    }
}

/// The variables of the environment that are text; one of ours that is not cannot be a setting.
fn environment() -> Result<Vec<(String, String)>, ConfigError> {
    let mut variables = Vec::new();
    for (name, value) in std::env::vars_os() {
        let Ok(name) = name.into_string() else { continue };
        match value.into_string() {
            Ok(value) => variables.push((name, value)),
            Err(_) if name.starts_with("CARDEA_") => return Err(ConfigError::one(format!("{name} is not UTF-8"))),
            Err(_) => {}
        }
    }
    Ok(variables)
}
