//! Writes the exports that the check of real clients reads: the timelines made by hand, in
//! every format. `cargo run -p dateline-tests --example exports -- FOLDER`

use std::fs;
use std::path::PathBuf;

use dateline_export::{Document, Format, Header};
use dateline_tests::made::{self, Made};

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).expect("name a folder to write to"));
    let sets: [(&str, &str, Made); 2] = [
        ("hostile", "</title><script>alert('title')</script> \"& é", made::hostile()),
        ("many", "Two thousand events", made::many(2000)),
    ];
    for (name, title, (timeline, store)) in sets {
        let header = Header {
            generator: "dateline <check>".into(),
            title: Some(title.into()),
            ..Header::default()
        };
        let document = Document::new(&timeline, &store, &header);
        for format in Format::ALL {
            for file in format.files(&document) {
                let path = folder.join(name).join(&file.name);
                let parent = path.parent().expect("a file has a folder");
                fs::create_dir_all(parent).expect("the folder can be made");
                let mut out = Vec::new();
                format.write(&file, &document, &mut out).expect("memory can be written to");
                fs::write(path, out).expect("the file can be written");
            }
        }
    }
}
