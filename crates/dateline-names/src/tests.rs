use super::*;

#[test]
fn tables_load() {
    Lexicon::english();
}
