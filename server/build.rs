//! Takes the console that `scripts/console` has built, if it has, into the server.

use std::path::Path;
use std::{env, fmt::Write, fs, io};

/// The media types of the console's files, by their endings.
const MEDIA_TYPES: [(&str, &str); 4] = [
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("svg", "image/svg+xml"),
    ("wasm", "application/wasm"),
];

fn main() -> io::Result<()> {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/console-files");
    // Cargo looks at a folder's time to tell whether anything changed; one that is missing always would have.
    fs::create_dir_all(&built)?;
    println!("cargo::rerun-if-changed={}", built.display());
    let built = built.canonicalize()?;
    let index = built.join("index.html");
    let mut code = String::from("/// The page, where the console was built.\npub(super) const INDEX: Option<&str> = ");
    let _ = if index.is_file() { writeln!(code, "Some(include_str!({index:?}));") } else { writeln!(code, "None;") };
    code.push_str("/// Every other file.\npub(super) const FILES: &[File] = &[\n");
    for folder in names(&built)? {
        for name in names(&built.join(&folder)).unwrap_or_default() {
            let file = built.join(&folder).join(&name);
            let ending = name.rsplit('.').next().unwrap_or_default();
            if let Some((_, media_type)) = MEDIA_TYPES.iter().find(|(known, _)| *known == ending) {
                let (br, gz) = (format!("{}.br", file.display()), format!("{}.gz", file.display()));
                let _ = writeln!(
                    code,
                    "File {{ folder: {folder:?}, name: {name:?}, media_type: {media_type:?}, identity: include_bytes!({file:?}), \
                     brotli: include_bytes!({br:?}), gzip: include_bytes!({gz:?}) }},"
                );
            }
        }
    }
    code.push_str("];\n");
    let target = Path::new(&env::var("OUT_DIR").unwrap_or_default()).join("console.rs");
    fs::write(target, code)
}

fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = fs::read_dir(folder)?;
    let mut names: Vec<_> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort_unstable();
    Ok(names)
}
