//! Small damage to good input: what a fuzzer does, from a generator of our own so that a run can be had again.

/// Pieces that mean something to one of the parsers.
const WORDS: [&[u8]; 40] = [
    b",",
    b"+",
    b"=",
    b"/",
    b"\\",
    b"\"",
    b"#",
    b";",
    b":",
    b" ",
    b"  ",
    b"%",
    b"\n",
    b"\0",
    b", ",
    b" = ",
    b" + ",
    b"CN=",
    b"/CN=",
    b"+UID=",
    b"subject=",
    b"#0c0178",
    b"\\20",
    b"\\C3",
    b"\\xC3",
    b"\\U4E2D",
    b"1.2.3.4=",
    b"2.5.4.97=",
    b"%0A",
    b"%2B",
    b"Cert=",
    b"Chain=",
    b"Hash=",
    b"-----BEGIN CERTIFICATE-----",
    b"-----END CERTIFICATE-----",
    b"\x30\x80",
    b"\x82\xff\xff",
    b"\xc2\xad",
    b"\xe2\x80\x8b",
    b"\xef\xbc\xa1",
];

pub(crate) struct Mutator(u64);

impl Mutator {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// xorshift64*.
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).unwrap() % end.max(1)
    }

    /// One of the seeds with one to eight wounds.
    pub(crate) fn mutated(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut input = seeds[self.below(seeds.len())].clone();
        for _ in 0..=self.below(8) {
            self.wound(&mut input, seeds);
        }
        input
    }

    fn wound(&mut self, input: &mut Vec<u8>, seeds: &[Vec<u8>]) {
        let at = self.below(input.len() + 1);
        match self.below(9) {
            0 => input.truncate(at),
            1 if at < input.len() => drop(input.remove(at)),
            2 if at < input.len() => input[at] ^= 1 << self.below(8),
            3 if at < input.len() => input[at] = u8::try_from(self.below(256)).unwrap(),
            4 => {
                let word = WORDS[self.below(WORDS.len())];
                input.splice(at..at, word.iter().copied());
            }
            5 => {
                let other = &seeds[self.below(seeds.len())];
                let (from, to) = (self.below(other.len() + 1), self.below(other.len() + 1));
                input.splice(at..at, other[from.min(to)..from.max(to)].iter().copied());
            }
            6 => {
                let end = (at + self.below(16)).min(input.len());
                let piece = input[at..end].to_vec();
                input.splice(at..at, piece);
            }
            7 => drop(input.drain(at..(at + self.below(16)).min(input.len()))),
            _ => {
                let word = WORDS[self.below(WORDS.len())];
                let end = (at + word.len()).min(input.len());
                input.splice(at..end, word.iter().copied());
            }
        }
    }
}
