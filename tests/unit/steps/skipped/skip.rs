#[test]
#[ignore]
fn ignored() {}

#[test]
fn active() {}

// #[test]
// fn in_a_comment() {}
