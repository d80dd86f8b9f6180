//! One pass over every XML file below a folder: counts elements and bytes of text, prints the seconds of that.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use quick_xml::Reader;
use quick_xml::events::Event;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("give a folder")?;
    let mut files = Vec::new();
    below(Path::new(&folder), &mut files)?;
    files.sort();
    let begin = Instant::now();
    let (mut elements, mut bytes) = (0_u64, 0_u64);
    let mut buffer = Vec::new();
    for path in &files {
        let mut reader = Reader::from_file(path)?;
        loop {
            match reader.read_event_into(&mut buffer)? {
                Event::Start(_) | Event::Empty(_) => elements += 1,
                Event::Text(text) => bytes += text.len() as u64,
                Event::Eof => break,
                _ => {}
            }
            buffer.clear();
        }
    }
    println!("xml\t{:.3}\t{} files, {elements} elements, {bytes} bytes of text", begin.elapsed().as_secs_f64(), files.len());
    Ok(())
}

fn below(folder: &Path, out: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            below(&path, out)?;
        } else if path.extension().is_some_and(|end| end == "xml") {
            out.push(path);
        }
    }
    Ok(())
}
