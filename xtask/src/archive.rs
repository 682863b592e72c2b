//! `cargo xtask archive FILE`: a large web archive to measure memory and speed on. One
//! record in a hundred is a page, the rest are pictures, as a crawl has them.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::root;

/// Where to write, and how much.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The file to write
    file: PathBuf,
    /// How many bytes it is to have, roughly
    #[arg(long, default_value_t = 2 << 30)]
    bytes: u64,
    /// One record in so many is a page
    #[arg(long, default_value_t = 100)]
    pages: u64,
}

/// Bytes of a picture.
const PICTURE: usize = 64 << 10;

pub(crate) fn run(options: &Options) -> Result<()> {
    let file = File::create(&options.file);
    let file = file.with_context(|| format!("failed to create {}", options.file.display()))?;
    let mut out = BufWriter::new(file);
    let page = std::fs::read_to_string(root().join("fixtures/briefs/43-site-hague-preview.html"))?;
    let picture = vec![0xA5; PICTURE];
    let (mut written, mut number) = (0, 0u64);
    while written < options.bytes {
        let is_page = number.is_multiple_of(options.pages.max(1));
        let (kind, body) = match is_page {
            // No page is a copy of another, byte for byte.
            true => ("text/html", format!("{page}<!-- {number} -->").into_bytes()),
            false => ("image/jpeg", picture.clone()),
        };
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n");
        let length = head.len() + body.len();
        let about = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2025-06-04T00:00:00Z\r\n\
             WARC-Target-URI: https://site.example/{number}\r\nContent-Length: {length}\r\n\r\n"
        );
        for part in [about.as_bytes(), head.as_bytes(), &body, b"\r\n\r\n"] {
            out.write_all(part)?;
            written += part.len() as u64;
        }
        number += 1;
    }
    out.flush()?;
    println!("{number} records, {written} bytes");
    Ok(())
}
