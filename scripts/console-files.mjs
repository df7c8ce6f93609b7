// What scripts/console does last: takes from the WebAssembly what no browser needs, compresses every file, and puts all of
// them below a folder that is named after their hash, so that a URL never serves anything else.
//
//   node scripts/console-files.mjs FOLDER-OF-FILES INDEX.HTML INTO
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [from, index, into] = process.argv.slice(2);
const quality = process.env.CARDEA_CONSOLE_PROFILE === "dev" ? 4 : 11;
const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });

// A module without its custom sections (names of functions, producers): WebAssembly core specification, 5.5.3.
function stripped(module) {
  const kept = [module.subarray(0, 8)];
  let at = 8;
  while (at < module.length) {
    const start = at;
    const id = module[at++];
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = module[at++];
      size += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    at += size;
    if (id !== 0) kept.push(module.subarray(start, at));
  }
  return Buffer.concat(kept);
}

const files = new Map();
for (const name of readdirSync(from).sort()) {
  const bytes = readFileSync(join(from, name));
  files.set(name, name.endsWith(".wasm") ? stripped(bytes) : bytes);
}
const hash = createHash("sha256");
for (const [name, bytes] of files) hash.update(`${name} ${bytes.length}\n`).update(bytes);
const folder = hash.digest("hex").slice(0, 16);
const page = readFileSync(index, "utf8").replaceAll("{{assets}}", `/console/assets/${folder}`);

// A build that changed nothing leaves the files alone, so that the server is not linked anew.
const built = join(into, "index.html");
if (!existsSync(join(into, folder)) || !existsSync(built) || readFileSync(built, "utf8") !== page) {
  rmSync(into, { recursive: true, force: true });
  mkdirSync(join(into, folder), { recursive: true });
  for (const [name, bytes] of files) {
    writeFileSync(join(into, folder, name), bytes);
    writeFileSync(join(into, folder, `${name}.br`), brotli(bytes));
    writeFileSync(join(into, folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  }
  writeFileSync(built, page);
}

// What travels: the start, then each part with what it shares with others.
const size = (name) => readFileSync(join(into, folder, `${name}.br`)).length;
const kB = (names) => Math.round(names.reduce((sum, name) => sum + size(name), 0) / 1000);
const start = [...files.keys()].filter((name) => !/^(split|chunk)_/.test(name));
const cuts = files.get("__wasm_split.js").toString();
console.error(`console: ${kB([...files.keys()])} kB compressed, in ${into}; the start of it ${kB(start)} kB`);
for (const [, part, shared] of cuts.matchAll(/__wasm_split_load_(\w+) = .*?\n, \[(.*?)\]/gs)) {
  const chunks = shared.match(/chunk_\d+/g) ?? [];
  const names = [...chunks, `split_${part}`].map((name) => `${name}.wasm`);
  console.error(`console: with ${part} ${kB([...start, ...names])} kB, in ${names.length} files more`);
}
