//! The least Parquet that readers take: one row group, one zstd page a column, no nulls. Enough for the sample Spark dumps.
//!
//! Written after <https://parquet.apache.org/docs/file-format/> and Thrift's compact protocol.

use std::io;

/// What a Parquet file begins and ends with.
const MAGIC: &[u8] = b"PAR1";

/// A named column.
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) values: Values,
}

/// The values of a column, one a row.
pub(super) enum Values {
    /// Signed 64-bit integers.
    Number(Vec<i64>),
    /// Text.
    Text(Vec<String>),
}

impl Values {
    fn len(&self) -> usize {
        match self {
            Self::Number(values) => values.len(),
            Self::Text(values) => values.len(),
        }
    }

    /// Parquet's number of the type: `INT64` or `BYTE_ARRAY`.
    const fn physical(&self) -> i64 {
        match self {
            Self::Number(_) => 2,
            Self::Text(_) => 6,
        }
    }

    /// The values in the encoding `PLAIN`.
    fn plain(&self) -> Vec<u8> {
        match self {
            Self::Number(values) => values.iter().flat_map(|value| value.to_le_bytes()).collect(),
            Self::Text(values) => values.iter().fold(Vec::new(), |mut out, text| {
                out.extend(u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes());
                out.extend(text.as_bytes());
                out
            }),
        }
    }
}

/// Where a column went in the file, in bytes.
struct Placed {
    offset: i64,
    plain: i64,
    packed: i64,
}

/// A whole Parquet file of `columns`, which must be equally long.
pub(super) fn file(columns: &[Column]) -> io::Result<Vec<u8>> {
    let rows = columns.first().map_or(0, |column| column.values.len());
    let mut out = MAGIC.to_vec();
    let placed = columns.iter().map(|column| page(column, &mut out)).collect::<io::Result<Vec<_>>>()?;
    let footer = footer(columns, &placed, int(rows));
    out.extend(&footer);
    out.extend(u32::try_from(footer.len()).unwrap_or(u32::MAX).to_le_bytes());
    out.extend(MAGIC);
    Ok(out)
}

/// Writes a column as one page.
fn page(column: &Column, out: &mut Vec<u8>) -> io::Result<Placed> {
    let plain = column.values.plain();
    let packed = zstd::bulk::compress(&plain, 3)?;
    let mut header = Thrift::default();
    header.int(1, 0).int(2, int(plain.len())).int(3, int(packed.len()));
    // Values, PLAIN; the levels of a required column take no byte, but must be named.
    header.begin(5).int(1, int(column.values.len())).int(2, 0).int(3, 3).int(4, 3).end();
    let header = header.finish();
    let offset = int(out.len());
    out.extend(&header);
    out.extend(&packed);
    Ok(Placed { offset, plain: int(header.len() + plain.len()), packed: int(header.len() + packed.len()) })
}

/// The file's own description, which readers start from.
fn footer(columns: &[Column], placed: &[Placed], rows: i64) -> Vec<u8> {
    let mut thrift = Thrift::default();
    thrift.int(1, 1).list(2, STRUCT, columns.len() + 1);
    thrift.element().text(4, "schema").int(5, int(columns.len())).end();
    for column in columns {
        thrift.element().int(1, column.values.physical()).int(3, 0).text(4, column.name);
        if matches!(column.values, Values::Text(_)) {
            thrift.int(6, 0);
        }
        thrift.end();
    }
    thrift.long(3, rows).list(4, STRUCT, 1);
    thrift.element().list(1, STRUCT, columns.len());
    for (column, at) in columns.iter().zip(placed) {
        thrift.element().long(2, at.offset).begin(3).int(1, column.values.physical());
        thrift.list(2, I32, 1).bare_int(0).list(3, BINARY, 1).bare_text(column.name).int(4, 6).long(5, rows);
        thrift.long(6, at.plain).long(7, at.packed).long(9, at.offset).end().end();
    }
    thrift.long(2, placed.iter().map(|at| at.plain).sum()).long(3, rows).end();
    thrift.text(6, "brainzlift sandbox");
    thrift.finish()
}

fn int(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

const I32: u8 = 5;
const I64: u8 = 6;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

/// Thrift's compact protocol, as far as Parquet's descriptions of these files need it.
#[derive(Default)]
struct Thrift {
    out: Vec<u8>,
    /// The last field's number in this struct.
    last: u8,
    /// The same of the structs around it.
    outer: Vec<u8>,
}

impl Thrift {
    /// A field of 32 bits.
    fn int(&mut self, field: u8, value: i64) -> &mut Self {
        self.field(field, I32).bare_int(value)
    }

    /// A field of 64 bits.
    fn long(&mut self, field: u8, value: i64) -> &mut Self {
        self.field(field, I64).bare_int(value)
    }

    fn text(&mut self, field: u8, value: &str) -> &mut Self {
        self.field(field, BINARY).bare_text(value)
    }

    /// Begins a struct in a field.
    fn begin(&mut self, field: u8) -> &mut Self {
        self.field(field, STRUCT).element()
    }

    /// Begins a struct in a list.
    fn element(&mut self) -> &mut Self {
        self.outer.push(std::mem::take(&mut self.last));
        self
    }

    fn end(&mut self) -> &mut Self {
        self.out.push(0);
        self.last = self.outer.pop().unwrap_or_default();
        self
    }

    fn list(&mut self, field: u8, kind: u8, length: usize) -> &mut Self {
        self.field(field, LIST);
        match u8::try_from(length) {
            Ok(short) if short < 15 => self.out.push(short << 4 | kind),
            _ => {
                self.out.push(0xf0 | kind);
                self.varint(length as u64);
            }
        }
        self
    }

    fn bare_int(&mut self, value: i64) -> &mut Self {
        self.varint(((value << 1) ^ (value >> 63)).cast_unsigned());
        self
    }

    fn bare_text(&mut self, value: &str) -> &mut Self {
        self.varint(value.len() as u64);
        self.out.extend(value.as_bytes());
        self
    }

    fn field(&mut self, field: u8, kind: u8) -> &mut Self {
        self.out.push((field - self.last) << 4 | kind);
        self.last = field;
        self
    }

    fn varint(&mut self, value: u64) {
        // Seven bits a byte, the low ones first; the high bit says that more follow.
        let [low, ..] = value.to_le_bytes();
        if value < 0x80 {
            self.out.push(low);
        } else {
            self.out.push(low | 0x80);
            self.varint(value >> 7);
        }
    }

    fn finish(mut self) -> Vec<u8> {
        self.out.push(0);
        self.out
    }
}
