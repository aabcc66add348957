//! What scripts can do, and what they cannot.

use super::*;

/// Generous with time: a busy machine must not turn one error into another.
fn limits() -> Limits {
    Limits { time: Duration::from_secs(20), memory: 16 * 1024 * 1024, stack: 256 * 1024 }
}

/// For what would never end by itself.
fn hurried() -> Limits {
    Limits { time: Duration::from_millis(150), ..limits() }
}

fn run_within(limits: Limits, source: &str, response: Option<&Value>) -> Output {
    let variables = BTreeMap::from([("given".to_owned(), "7".to_owned())]);
    let request = json!({"url": "http://localhost/x", "headers": {"Accept": ["*/*"]}, "params": {}});
    let input = Input { variables, request: Some(request), response: response.cloned(), seed: 1 };
    run(source, input, limits)
}

fn run_with(source: &str, response: Option<&Value>) -> Output {
    run_within(limits(), source, response)
}

/// How a script that never ends was stopped, well before the generous limit.
fn stopped(source: &str) -> Result<(), ScriptError> {
    let before = Instant::now();
    let stopped = run_within(hurried(), source, None).result;
    assert!(before.elapsed() < Duration::from_secs(10), "{source}: {:?}", before.elapsed());
    stopped
}

fn result(source: &str) -> Result<(), ScriptError> {
    run_with(source, None).result
}

fn message(source: &str) -> String {
    match result(source) {
        Err(ScriptError::Threw(message)) => message,
        other => panic!("{source}: {other:?}"),
    }
}

#[test]
fn variables_are_read_and_set_and_lines_are_logged() {
    let output = run_with(
        "let n = Number(variables.get('given')) + 1;
         const text = `n is ${n}`;
         variables.set('n', n); variables.set('list', [1]); variables.set('n', variables.get('n') + '!');
         log(text); log({a: 1}, true); console.log(variables.get('nobody') === undefined);",
        None,
    );
    assert_eq!(output.result, Ok(()));
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(output.set, [pair("n", "8"), pair("list", "[1]"), pair("n", "8!")]);
    assert_eq!(output.log, ["n is 8", "{\"a\":1} true", "true"]);
}

#[test]
fn the_answer_is_read_and_the_request_can_be_changed() {
    let response = json!({"status": 200, "body": "{\"totalResults\": 2}", "headers": {"etag": ["1"]}});
    let output = run_with(
        "var data = JSON.parse(response.body);
         for (key in data) { assert.equal(data[key], 2, key); }
         assert.equal(response.headers['etag'][0], '1');
         request.headers['X-Added'] = 'yes'; request.url += '?a=1';",
        Some(&response),
    );
    assert_eq!(output.result, Ok(()));
    let request = output.request.expect("the request");
    assert_eq!(
        (&request["headers"]["X-Added"], &request["url"]),
        (&json!("yes"), &json!("http://localhost/x?a=1"))
    );
}

#[test]
fn what_throws_or_asserts_wrongly_fails_with_its_words() {
    assert!(message("\nlet a = 1;\nnull.x").ends_with("(line 3)"));
    assert!(message("let = ;").starts_with("SyntaxError"));
    assert_eq!(message("throw 'plain'"), "plain");
    assert_eq!(message("assert(false, 'why')"), "why");
    assert_eq!(message("assert.ok(0, 'why')"), "why: expected 0 to be truthy");
    assert_eq!(message("assert.equal(1, 2)"), "expected 1 to equal 2");
    assert!(message("Promise.reject(new Error('later'))").contains("later"));
    assert!(message("(async () => { await 0; assert(false, 'awaited'); })()").contains("awaited"));
    assert_eq!(result("Promise.reject(1).catch(() => {})"), Ok(()));
    assert_eq!(result("assert('text', 'a text is truthy')"), Ok(()));
}

#[test]
fn each_name_of_chai_accepts_and_refuses() {
    for (holds, fails) in [
        ("ok(1)", "ok('')"),
        ("notOk(null)", "isNotOk(1)"),
        ("equal(3, '3')", "strictEqual(3, '3')"),
        ("notEqual(1, 2)", "notStrictEqual(1, 1)"),
        ("deepEqual({a: [1]}, {a: [1]})", "deepEqual({a: 1}, {a: 1, b: 2})"),
        ("notDeepEqual({a: 1}, {a: 2})", "notDeepEqual([1], [1])"),
        ("isAbove(2, 1)", "isAbove(1, 1)"),
        ("isAtLeast(1, 1)", "isAtMost(2, 1)"),
        ("isBelow(1, 2)", "isBelow(2, 2)"),
        ("isTrue(true)", "isTrue(1)"),
        ("isNotFalse(0)", "isFalse(0)"),
        ("isNull(null)", "isNotNull(null)"),
        ("exists(0)", "exists(undefined)"),
        ("isUndefined(undefined)", "isDefined(undefined)"),
        ("isArray([])", "isArray({})"),
        ("isObject({})", "isObject([])"),
        ("isString('')", "isNotString('')"),
        ("isNumber(0)", "isNumber('0')"),
        ("isBoolean(false)", "isBoolean(0)"),
        ("typeOf([], 'array')", "typeOf([], 'object')"),
        ("instanceOf([], Array)", "notInstanceOf([], Array)"),
        ("include('abc', 'b')", "include([1], 2)"),
        ("include({a: 1, b: 2}, {a: 1})", "notInclude('abc', 'b')"),
        ("match('abc', /b/)", "match('abc', /x/)"),
        ("property({a: 0}, 'a')", "property({}, 'a')"),
        ("propertyVal({a: 1}, 'a', 1)", "propertyVal({a: 1}, 'a', 2)"),
        ("nestedProperty({a: [{b: 1}]}, 'a[0].b')", "nestedProperty({}, 'a.b')"),
        ("lengthOf([1, 2], 2)", "lengthOf('a', 2)"),
        ("hasAllKeys({a: 1, b: 2}, ['b', 'a'])", "hasAllKeys({a: 1, b: 2}, ['a'])"),
        ("containsAllKeys({a: 1, b: 2}, ['a'])", "hasAnyKeys({a: 1}, ['b'])"),
        ("sameMembers([1, 2], [2, 1])", "sameMembers([1], [1, 2])"),
        ("includeMembers([1, 2], [2])", "includeMembers([1], [2])"),
        ("oneOf(1, [1, 2])", "oneOf(3, [1, 2])"),
        ("closeTo(1.5, 1, 0.5)", "approximately(2, 1, 0.5)"),
        ("isEmpty({})", "isNotEmpty([])"),
        ("operator(1, '<', 2)", "operator(1, '>', 2)"),
        ("throws(() => { throw new TypeError('x') }, TypeError, 'x')", "throws(() => {})"),
        ("doesNotThrow(() => {})", "doesNotThrow(() => { throw 1 })"),
    ] {
        assert_eq!(result(&format!("assert.{holds}")), Ok(()), "{holds}");
        assert!(matches!(result(&format!("assert.{fails}")), Err(ScriptError::Threw(_))), "{fails}");
    }
}

#[test]
fn what_the_hosted_service_has_and_we_do_not_is_named() {
    for (source, name) in [("moment()", "moment"), ("_.map([])", "_"), ("assert.newest(1)", "assert.newest")]
    {
        assert_eq!(result(source), Err(ScriptError::Unavailable(name.to_owned())));
    }
    assert_eq!(result("var _ = 1; assert.equal(_, 1)"), Ok(()));
}

#[test]
fn endless_work_is_stopped_at_the_time_limit() {
    for source in [
        "for (;;) {}",
        "try { for (;;) {} } finally { for (;;) {} }",
        "/^(a+)+$/.test('a'.repeat(40) + 'b')",
        "(async () => { for (;;) await 0; })()",
        "({ get message() { for (;;) {} } }); throw { get message() { for (;;) {} } }",
        "request = { toJSON() { for (;;) {} } }",
    ] {
        assert_eq!(stopped(source), Err(ScriptError::TimeLimit(hurried().time)), "{source}");
    }
}

#[test]
fn a_chain_of_promises_without_end_is_stopped() {
    let stopped = stopped("function f() { return Promise.resolve().then(f); } f()");
    assert!(matches!(stopped, Err(ScriptError::TimeLimit(_) | ScriptError::MemoryLimit(_))), "{stopped:?}");
    assert_eq!(result("throw null"), Err(ScriptError::Threw(NOTHING.to_owned())));
}

#[test]
fn a_native_loop_that_cannot_be_interrupted_is_left_to_itself() {
    // Long enough to be noticed, short enough to end soon after.
    let stopped = stopped("const a = []; a.length = 100000000; for (;;) a.includes(1)");
    assert_eq!(stopped, Err(ScriptError::TimeLimit(hurried().time)));
    assert!(result("Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)").is_err());
}

#[test]
fn endless_memory_and_calls_are_stopped_at_their_limits() {
    let memory = Err(ScriptError::MemoryLimit(limits().memory));
    for source in [
        "const a = []; for (;;) a.push(new Array(1000).fill(1))",
        "let s = 'x'; for (;;) s += s + s",
        "new ArrayBuffer(1e9)",
    ] {
        assert_eq!(result(source), memory, "{source}");
    }
    assert_eq!(result("function f() { return 1 + f() } f()"), Err(ScriptError::StackLimit));
    assert!(
        message("for (let i = 0; ; i++) variables.set('v' + i, 'x'.repeat(100000))").contains("too many")
    );
    let output = run_with("for (let i = 0; i < 1000; i++) log('x'.repeat(10000))", None);
    assert_eq!(output.log.len(), MOST_LINES + 1);
}

#[test]
fn there_is_no_file_no_network_and_no_module() {
    for name in ["require", "process", "fetch", "XMLHttpRequest", "std", "os", "Deno", "setTimeout"] {
        assert_eq!(result(&format!("assert.equal(typeof {name}, 'undefined')")), Ok(()), "{name}");
    }
    assert!(result("import('fs')").is_err());
}

#[test]
fn random_numbers_repeat_with_the_seed() {
    let source = "log(Math.random(), [3, 1, 2].sort().join('-'), [1, 2].map(x => x * 2).length)";
    assert_eq!(run_with(source, None).log, run_with(source, None).log);
    assert!(run_with(source, None).log[0].ends_with("1-2-3 2"));
}
