//! A reader that can look ahead, put back, and say how far it is.

use std::io::{self, BufRead, Read};

/// How much is read at once.
const STEP: usize = 64 << 10;

/// A buffered reader.
pub(crate) struct Buffer<R> {
    inner: R,
    data: Vec<u8>,
    at: usize,
    /// Where `data` begins.
    base: u64,
}

impl<R: Read> Buffer<R> {
    pub fn new(inner: R) -> Self {
        Self { inner, data: Vec::new(), at: 0, base: 0 }
    }

    /// How many bytes were taken.
    pub fn offset(&self) -> u64 {
        self.base + self.at as u64
    }

    /// What is ahead: `count` bytes, or all that are left.
    pub fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.data.len() - self.at < count {
            if self.fill()? == 0 {
                break;
            }
        }
        Ok(self.data.get(self.at..).unwrap_or_default())
    }

    fn fill(&mut self) -> io::Result<usize> {
        if self.at > 0 {
            self.data.drain(..self.at);
            (self.base, self.at) = (self.base + self.at as u64, 0);
        }
        let before = self.data.len();
        self.data.resize(before + STEP, 0);
        let read = loop {
            let room = self.data.get_mut(before..).unwrap_or_default();
            match self.inner.read(room) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.data.truncate(before + read.as_ref().copied().unwrap_or(0));
        read
    }

    /// Puts back bytes that were taken last.
    #[cfg(feature = "warc")]
    pub fn put_back(&mut self, bytes: &[u8]) {
        self.data.splice(..self.at, bytes.iter().copied());
        self.base = self.offset().saturating_sub(bytes.len() as u64);
        self.at = 0;
    }

    /// Skips to the next `mark`, which stays ahead; whether there is one.
    #[cfg(feature = "archive")]
    pub fn skip_to(&mut self, mark: &[u8]) -> io::Result<bool> {
        loop {
            let ahead = self.peek(mark.len())?;
            if ahead.len() < mark.len() {
                self.at = self.data.len();
                return Ok(false);
            }
            match memchr::memmem::find(ahead, mark) {
                Some(found) => {
                    self.at += found;
                    return Ok(true);
                }
                None => self.at = self.data.len() - (mark.len() - 1),
            }
        }
    }

    /// Adds a line with its end to `line`; `false` where it has more than `most` bytes and
    /// what is too much was only skipped. An empty line is the end.
    pub fn line(&mut self, most: u64, line: &mut Vec<u8>) -> io::Result<bool> {
        let mut fits = true;
        loop {
            let ahead = self.fill_buf()?;
            let end = memchr::memchr(b'\n', ahead).map(|at| at + 1);
            let part = ahead.get(..end.unwrap_or(ahead.len())).unwrap_or_default();
            let length = part.len();
            fits &= (line.len() + length) as u64 <= most;
            if fits {
                line.extend_from_slice(part);
            }
            self.consume(length);
            if end.is_some() || length == 0 {
                return Ok(fits);
            }
        }
    }
}

impl<R: Read> Read for Buffer<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ahead = self.fill_buf()?;
        let length = ahead.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..length), ahead.get(..length)) {
            to.copy_from_slice(from);
        }
        self.consume(length);
        Ok(length)
    }
}

impl<R: Read> BufRead for Buffer<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.peek(1)
    }

    fn consume(&mut self, count: usize) {
        self.at = (self.at + count).min(self.data.len());
    }
}
