//! Whole numbers in as few bits as their distribution allows: fixed width, Rice and Elias gamma codes.
//!
//! Rice codes after R. F. Rice, "Some practical universal noiseless coding techniques" (1979); the gaps of sorted random
//! keys are geometric, for which they are within a few per cent of the best. Gamma codes after P. Elias, "Universal
//! codeword sets and representations of the integers" (1975). Bits fill bytes from the lowest up.

/// Bytes that must follow what a [`BitReader`] reads, of any value.
pub(super) const PADDING: usize = 8;

/// Most bits written or read at once.
const MOST: u32 = 56;

/// Writes bits to bytes.
#[derive(Debug, Default)]
pub(super) struct BitWriter {
    bytes: Vec<u8>,
    pending: u64,
    count: u32,
}

impl BitWriter {
    /// The lowest `width` bits of `value`, which has no others; 56 at most.
    pub fn fixed(&mut self, value: u64, width: u32) {
        debug_assert!(width <= MOST && (width == 64 || value >> width == 0));
        self.pending |= value << self.count;
        self.count += width;
        while self.count >= 8 {
            self.bytes.push(self.pending as u8);
            self.pending >>= 8;
            self.count -= 8;
        }
    }

    /// `zeros` zeros and a one.
    fn unary(&mut self, mut zeros: u64) {
        while zeros >= 48 {
            self.fixed(0, 48);
            zeros -= 48;
        }
        self.fixed(1 << zeros, zeros as u32 + 1);
    }

    /// A number that is mostly near two to the power of `parameter`.
    pub fn rice(&mut self, value: u64, parameter: u32) {
        self.unary(value >> parameter);
        self.fixed(value & ((1 << parameter) - 1), parameter);
    }

    /// A number from 1 on that is mostly small; below two to the power of 48.
    pub fn gamma(&mut self, value: u64) {
        let width = value.ilog2();
        self.unary(u64::from(width));
        self.fixed(value - (1 << width), width);
    }

    /// The bytes so far, the last one filled up; begins anew.
    pub fn finish(&mut self) -> &[u8] {
        if self.count > 0 {
            self.bytes.push(self.pending as u8);
        }
        (self.pending, self.count) = (0, 0);
        &self.bytes
    }

    pub fn clear(&mut self) {
        self.bytes.clear();
    }
}

/// Reads what a [`BitWriter`] wrote. Reading past the end gives zeros and is told by [`BitReader::is_over`].
#[derive(Debug)]
pub(super) struct BitReader<'b> {
    /// With [`PADDING`] at its end.
    bytes: &'b [u8],
    at: usize,
}

impl<'b> BitReader<'b> {
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// True when more was read than is there.
    pub fn is_over(&self) -> bool {
        self.at > 8 * (self.bytes.len() - PADDING)
    }

    /// At least 57 bits from here on.
    fn peek(&self) -> u64 {
        match self.bytes.get(self.at / 8..self.at / 8 + 8) {
            Some(bytes) => u64::from_le_bytes(bytes.try_into().expect("eight bytes")) >> (self.at % 8),
            None => 0,
        }
    }

    pub fn fixed(&mut self, width: u32) -> u64 {
        let value = self.peek() & ((1 << width) - 1);
        self.at += width as usize;
        value
    }

    /// Zeros before the next one. `None` where there is none.
    fn unary(&mut self) -> Option<u64> {
        let mut zeros = 0;
        loop {
            let found = self.peek().trailing_zeros().min(MOST);
            self.at += found as usize;
            zeros += u64::from(found);
            if found < MOST {
                self.at += 1;
                return (!self.is_over()).then_some(zeros);
            }
            if self.is_over() {
                return None;
            }
        }
    }

    /// `None` past the end or where the number has over 64 bits.
    pub fn rice(&mut self, parameter: u32) -> Option<u64> {
        let high = self.unary()?;
        let high = high.checked_mul(1 << parameter)?;
        Some(high | self.fixed(parameter))
    }

    /// `None` past the end or where the number has over 48 bits.
    pub fn gamma(&mut self) -> Option<u64> {
        let width = self.unary().filter(|&width| width < 48)? as u32;
        Some(1 << width | self.fixed(width))
    }

    /// Passes over `width` bits.
    pub fn skip(&mut self, width: usize) {
        self.at += width;
    }
}

/// Appends a number in bytes of seven bits, the lowest first (LEB128).
pub(super) fn push_varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Takes such a number from the front of `bytes`.
pub(super) fn take_varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0_u64;
    for at in 0..10 {
        let byte = *bytes.get(at)?;
        value |= u64::from(byte & 0x7f) << (7 * at);
        if byte < 0x80 {
            *bytes = &bytes[at + 1..];
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Debug, Clone)]
    enum Code {
        Fixed(u64, u32),
        Rice(u64, u32),
        Gamma(u64),
    }

    fn code() -> impl Strategy<Value = Code> {
        prop_oneof![
            (any::<u64>(), 0_u32..=56).prop_map(|(value, width)| Code::Fixed(value & ((1 << width) - 1), width)),
            (0_u64..1 << 20, 0_u32..30).prop_map(|(value, parameter)| Code::Rice(value, parameter.max(8))),
            (1_u64..1 << 47).prop_map(Code::Gamma),
        ]
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(codes in prop::collection::vec(code(), 0..60)) {
            let mut writer = BitWriter::default();
            for code in &codes {
                match *code {
                    Code::Fixed(value, width) => writer.fixed(value, width),
                    Code::Rice(value, parameter) => writer.rice(value, parameter),
                    Code::Gamma(value) => writer.gamma(value),
                }
            }
            let bytes = [writer.finish(), &[0; PADDING]].concat();
            let mut reader = BitReader::new(&bytes);
            for code in &codes {
                match *code {
                    Code::Fixed(value, width) => prop_assert_eq!(reader.fixed(width), value),
                    Code::Rice(value, parameter) => prop_assert_eq!(reader.rice(parameter), Some(value)),
                    Code::Gamma(value) => prop_assert_eq!(reader.gamma(), Some(value)),
                }
                prop_assert!(!reader.is_over());
            }
        }

        #[test]
        fn any_bytes_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..40), parameter in 0_u32..40) {
            let padded = [&bytes[..], &[0; PADDING]].concat();
            let mut reader = BitReader::new(&padded);
            while reader.rice(parameter).is_some() && !reader.is_over() {}
            let mut reader = BitReader::new(&padded);
            while reader.gamma().is_some() && !reader.is_over() {}
            let mut rest = &bytes[..];
            while take_varint(&mut rest).is_some() {}
        }

        #[test]
        fn varints_come_back(values in prop::collection::vec(any::<u64>(), 0..20)) {
            let mut bytes = Vec::new();
            values.iter().for_each(|&value| push_varint(value, &mut bytes));
            let mut rest = &bytes[..];
            for value in values {
                prop_assert_eq!(take_varint(&mut rest), Some(value));
            }
            prop_assert!(rest.is_empty());
        }
    }
}
