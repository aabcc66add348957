//! What untrusted scripts cannot do to a run.

use crate::target::{answer, one_step, options, run_suite, session};

#[test]
fn a_script_that_wants_too_much_is_not_the_targets_fault() {
    let (session, _) = session(|_| Ok(answer(200, "")));
    let members = r#""scripts": ["const a = []; for (;;) a.push(new Array(10000).fill(1))", "moment()"]"#;
    let said = run_suite(&session, &one_step(members), options(&[])).expect("a run");
    let verdicts: Vec<_> = said.checks.iter().map(|check| check.verdict.name()).collect();
    assert_eq!(verdicts, ["not-verified", "not-verified"]);
}
