//! Runs one script: JavaScript from a suite is untrusted, so each gets a new engine with hard limits
//! on time, memory and stack, no file and no network.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use rquickjs::context::EvalOptions;
use rquickjs::function::Func;
use rquickjs::{CatchResultExt, CaughtError, Context, Ctx, Function, Object, Runtime, Value as JsValue};
use serde_json::{Value, json};

/// What stands around a script.
const SHIM: &str = include_str!("script/shim.js");
/// How many lines a script may log, and how many bytes are kept of each.
const MOST_LINES: usize = 100;
/// More than is shown, so that whoever shows them can take secrets out before the cut.
const LONGEST_LINE: usize = 64 * 1024;
/// How many bytes of variables a script may set.
const MOST_VARIABLE_BYTES: usize = 4 * 1024 * 1024;

/// The stack of a script's thread: the engine's own limit lies well below.
const THREAD_STACK: usize = 4 * 1024 * 1024;

/// What is said of a script that threw null.
const NOTHING: &str = "the script threw null";

/// How far a script may go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) time: Duration,
    pub(crate) memory: usize,
    pub(crate) stack: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: Duration::from_secs(5), memory: 128 * 1024 * 1024, stack: 256 * 1024 }
    }
}

/// Why a script did not come to its end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScriptError {
    /// It threw, or an assertion in it failed.
    #[error("{0}")]
    Threw(String),
    /// It wants something that the hosted service has and this engine does not.
    #[error("the script uses `{0}`, which is not available here")]
    Unavailable(String),
    /// It ran for too long.
    #[error("the script was stopped after {0:?}")]
    TimeLimit(Duration),
    /// It wanted too much memory.
    #[error("the script wanted more than {} MiB of memory", .0 / (1024 * 1024))]
    MemoryLimit(usize),
    /// It called itself too often.
    #[error("the script nested its calls too deeply")]
    StackLimit,
    /// The engine could not be set up.
    #[error("the script could not be started: {0}")]
    NotStarted(String),
}

/// What a script may look at.
#[derive(Debug)]
pub(crate) struct Input {
    pub(crate) variables: BTreeMap<String, String>,
    pub(crate) request: Option<Value>,
    pub(crate) response: Option<Value>,
    /// Where `Math.random` begins.
    pub(crate) seed: u64,
}

/// What a script did, also one that was stopped.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) result: Result<(), ScriptError>,
    /// The variables that it set, in order.
    pub(crate) set: Vec<(String, String)>,
    pub(crate) log: Vec<String>,
    /// The request as the script left it.
    pub(crate) request: Option<Value>,
}

/// What the script's own functions write to.
struct Desk {
    values: BTreeMap<String, String>,
    set: Vec<(String, String)>,
    set_bytes: usize,
    log: Vec<String>,
    rng: fastrand::Rng,
}

/// Runs a script to its end, or to its limit.
///
/// The engine can be interrupted between instructions and inside regular expressions, but not inside
/// a native loop over a length that somebody made up. So each script has a thread of its own, which is
/// left to itself when it does not come back; it holds nothing but its own memory, within the limit.
pub(crate) fn run(source: &str, input: Input, limits: Limits) -> Output {
    let (sender, receiver) = mpsc::channel();
    let source = source.to_owned();
    let work = move || {
        // Nobody listens any more when the time was up.
        let _ = sender.send(run_here(&source, input, limits));
    };
    let thread = thread::Builder::new().name("script".to_owned()).stack_size(THREAD_STACK).spawn(work);
    let error = match (thread, receiver.recv_timeout(limits.time * 2)) {
        (Ok(_), Ok(output)) => return output,
        (Ok(_), Err(RecvTimeoutError::Timeout)) => ScriptError::TimeLimit(limits.time),
        (Ok(_), Err(RecvTimeoutError::Disconnected)) => {
            ScriptError::NotStarted("the engine broke".to_owned())
        }
        (Err(error), _) => ScriptError::NotStarted(error.to_string()),
    };
    Output { result: Err(error), set: Vec::new(), log: Vec::new(), request: None }
}

fn run_here(source: &str, mut input: Input, limits: Limits) -> Output {
    let desk = Rc::new(RefCell::new(Desk {
        values: std::mem::take(&mut input.variables),
        set: Vec::new(),
        set_bytes: 0,
        log: Vec::new(),
        rng: fastrand::Rng::with_seed(input.seed),
    }));
    let (result, request) = match run_on(source, &input, limits, &desk) {
        Ok(request) => (Ok(()), request),
        Err(error) => (Err(error), None),
    };
    let mut desk = desk.borrow_mut();
    let (set, log) = (std::mem::take(&mut desk.set), std::mem::take(&mut desk.log));
    Output { result, set, log, request }
}

fn run_on(
    source: &str,
    input: &Input,
    limits: Limits,
    desk: &Rc<RefCell<Desk>>,
) -> Result<Option<Value>, ScriptError> {
    let not_started = |error: rquickjs::Error| ScriptError::NotStarted(error.to_string());
    let runtime = Runtime::new().map_err(not_started)?;
    runtime.set_memory_limit(limits.memory);
    runtime.set_max_stack_size(limits.stack);
    let context = Context::full(&runtime).map_err(not_started)?;
    let stopped = Rc::new(Cell::new(false));
    let deadline = Instant::now() + limits.time;
    runtime.set_interrupt_handler(Some(Box::new({
        let stopped = Rc::clone(&stopped);
        move || {
            let late = Instant::now() >= deadline;
            stopped.set(stopped.get() || late);
            late
        }
    })));
    let rejected = Rc::new(RefCell::new(None));
    runtime.set_host_promise_rejection_tracker(Some(Box::new({
        let rejected = Rc::clone(&rejected);
        move |_, _, reason: JsValue<'_>, handled| {
            *rejected.borrow_mut() = (!handled).then(|| thrown(&reason));
        }
    })));
    let data = json!({ "request": input.request, "response": input.response }).to_string();
    let outcome = context.with(|ctx| {
        let late = || {
            stopped.set(stopped.get() || Instant::now() >= deadline);
            stopped.get()
        };
        let ran = start(&ctx, desk, data).and_then(|()| evaluate(&ctx, source, late));
        ran.catch(&ctx).map_err(|caught| match caught {
            CaughtError::Exception(exception) => thrown(exception.as_value()),
            CaughtError::Value(value) => thrown(&value),
            CaughtError::Error(error) => ScriptError::Threw(error.to_string()),
        })
    });
    // The engine's own limits first: what a stopped script threw on its way is no news.
    if stopped.get() {
        return Err(ScriptError::TimeLimit(limits.time));
    }
    let error = match (outcome, rejected.borrow_mut().take()) {
        (Ok(request), None) => return Ok(request),
        (Err(error), _) | (Ok(_), Some(error)) => error,
    };
    // Out of memory, the engine may not even have enough for the error, and throws null. A script
    // that does so itself has the word in it.
    match error {
        ScriptError::MemoryLimit(_) => Err(ScriptError::MemoryLimit(limits.memory)),
        ScriptError::Threw(text) if text == NOTHING && !source.contains("null") => {
            Err(ScriptError::MemoryLimit(limits.memory))
        }
        error => Err(error),
    }
}

/// Puts the shim in place.
fn start<'js>(ctx: &Ctx<'js>, desk: &Rc<RefCell<Desk>>, data: String) -> rquickjs::Result<()> {
    let host = Object::new(ctx.clone())?;
    let shared = Rc::clone(desk);
    host.set("get", Func::from(move |name: String| shared.borrow().values.get(&name).cloned()))?;
    let shared = Rc::clone(desk);
    host.set("log", Func::from(move |line: String| shared.borrow_mut().write(&line)))?;
    let shared = Rc::clone(desk);
    host.set("random", Func::from(move || shared.borrow_mut().rng.f64()))?;
    let shared = Rc::clone(desk);
    host.set(
        "set",
        Func::from(move |ctx: Ctx<'js>, name: String, value: String| {
            if shared.borrow_mut().set(name, value) {
                Ok(())
            } else {
                Err(rquickjs::Exception::throw_range(&ctx, "the script sets too many variables"))
            }
        }),
    )?;
    let shim: Function<'js> = ctx.eval(SHIM)?;
    shim.call((host, ctx.json_parse(data)?))
}

/// Runs the script and what it left for later; returns the request as it is then.
fn evaluate(ctx: &Ctx<'_>, source: &str, late: impl Fn() -> bool) -> rquickjs::Result<Option<Value>> {
    let mut options = EvalOptions::default();
    // Published scripts assign to names that they never declared.
    options.strict = false;
    options.filename = Some("script".to_owned());
    ctx.eval_with_options::<JsValue<'_>, _>(source, options)?;
    // Promises may go on for ever without a line of the script between them.
    while !late() && ctx.execute_pending_job() {}
    let request: JsValue<'_> = ctx.globals().get("request")?;
    let Some(json) = ctx.json_stringify(request)? else { return Ok(None) };
    Ok(serde_json::from_str(&json.to_string()?).ok())
}

/// What a thrown value says, with the line where it was thrown.
fn thrown(value: &JsValue<'_>) -> ScriptError {
    let Some(object) = value.as_object() else {
        return match value.get::<rquickjs::Coerced<String>>() {
            Ok(rquickjs::Coerced(text)) if text != "null" => ScriptError::Threw(clipped(&text)),
            _ => ScriptError::Threw(NOTHING.to_owned()),
        };
    };
    let member =
        |name: &str| object.get::<_, rquickjs::Coerced<String>>(name).map(|text| text.0).unwrap_or_default();
    let (name, message) = (member("name"), member("message"));
    match (name.as_str(), message.as_str()) {
        ("InternalError", "out of memory" | "string too long") => ScriptError::MemoryLimit(0),
        ("InternalError" | "RangeError", "stack overflow" | "Maximum call stack size exceeded") => {
            ScriptError::StackLimit
        }
        ("UnavailableError", what) => ScriptError::Unavailable(clipped(what)),
        // An assertion is thrown inside the shim; its line means nothing to a reader.
        ("AssertionError", what) => ScriptError::Threw(clipped(what)),
        ("" | "undefined", "" | "undefined") => ScriptError::Threw("the script threw an object".to_owned()),
        (name, message) => {
            let text = clipped(&format!("{name}: {message}"));
            ScriptError::Threw(match line(&member("stack")) {
                Some(line) => format!("{text} (line {line})"),
                None => text,
            })
        }
    }
}

fn line(stack: &str) -> Option<u32> {
    let digits = stack.split_once("script:")?.1;
    digits.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

fn clipped(text: &str) -> String {
    text[..text.floor_char_boundary(LONGEST_LINE)].to_owned()
}

impl Desk {
    fn write(&mut self, line: &str) {
        match self.log.len() {
            0..MOST_LINES => self.log.push(clipped(line)),
            MOST_LINES => self.log.push("(more lines were left out)".to_owned()),
            _ => {}
        }
    }

    fn set(&mut self, name: String, value: String) -> bool {
        self.set_bytes = self.set_bytes.saturating_add(name.len() + value.len() + 16);
        if self.set_bytes > MOST_VARIABLE_BYTES {
            return false;
        }
        self.values.insert(name.clone(), value.clone());
        self.set.push((name, value));
        true
    }
}

#[cfg(test)]
mod tests;
