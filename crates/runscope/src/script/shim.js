// What a script finds around it: variables, request, response, log, and Chai's `assert`, written from
// Chai's documented names. Called once with the host's functions and the step's data.
(function (host, data) {
  "use strict";
  const stringify = JSON.stringify;

  Math.random = host.random;

  function text(value) {
    if (typeof value === "string") return value;
    if (value !== null && typeof value === "object" && !(value instanceof Error)) {
      try {
        const json = stringify(value);
        if (json !== undefined) return json;
      } catch (_) {
        // A circle: fall through.
      }
    }
    return String(value);
  }

  function show(value) {
    const shown = typeof value === "string" ? stringify(value) : text(value);
    return shown.length > 500 ? shown.slice(0, 500) + "..." : shown;
  }

  class AssertionError extends Error {}
  Object.defineProperty(AssertionError.prototype, "name", { value: "AssertionError" });
  class UnavailableError extends Error {}
  Object.defineProperty(UnavailableError.prototype, "name", { value: "UnavailableError" });

  function same(a, b) {
    return a === b || (a !== a && b !== b);
  }

  function deep(a, b) {
    if (same(a, b)) return true;
    if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
    if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
    if (a instanceof Date) return same(a.getTime(), b.getTime());
    if (a instanceof RegExp) return String(a) === String(b);
    if (a instanceof Map || a instanceof Set) return deep(Array.from(a), Array.from(b));
    const keys = Object.keys(a);
    if (keys.length !== Object.keys(b).length) return false;
    return keys.every((key) => Object.prototype.hasOwnProperty.call(b, key) && deep(a[key], b[key]));
  }

  function type(value) {
    return Object.prototype.toString.call(value).slice(8, -1).toLowerCase();
  }

  function includes(all, part, equal) {
    if (typeof all === "string") return all.includes(part);
    if (all instanceof Map) return Array.from(all.values()).some((one) => equal(one, part));
    if (all instanceof Set || Array.isArray(all)) return Array.from(all).some((one) => equal(one, part));
    if (all !== null && typeof all === "object" && part !== null && typeof part === "object") {
      return Object.keys(part).every((key) => equal(all[key], part[key]));
    }
    throw new AssertionError("cannot look for an element in " + show(all));
  }

  function nested(object, path) {
    let found = object;
    for (const part of String(path).replace(/\[(\w+)\]/g, ".$1").split(".")) {
      if (part === "") continue;
      if (found === null || found === undefined || !(part in Object(found))) return { found: false };
      found = found[part];
    }
    return { found: true, value: found };
  }

  function keysOf(object) {
    if (object instanceof Map || object instanceof Set) return Array.from(object.keys());
    return Object.keys(object);
  }

  function wanted(keys) {
    if (Array.isArray(keys)) return keys;
    return keys !== null && typeof keys === "object" ? Object.keys(keys) : [keys];
  }

  function size(value) {
    return value instanceof Map || value instanceof Set ? value.size : value.length;
  }

  function isEmpty(value) {
    if (value instanceof Map || value instanceof Set) return value.size === 0;
    if (typeof value === "string" || Array.isArray(value)) return value.length === 0;
    if (value !== null && typeof value === "object") return Object.keys(value).length === 0;
    throw new AssertionError("cannot tell whether " + show(value) + " is empty");
  }

  function members(a, b, equal) {
    return b.every((one) => a.some((other) => equal(one, other)));
  }

  const has = (object, name) => object !== null && object !== undefined && name in Object(object);

  // Each test with the words for its success and the number of values it takes before the message.
  const tests = {
    ok: [(a) => !!a, "to be truthy", 1],
    equal: [(a, b) => a == b, "to equal", 2],
    strictEqual: [(a, b) => a === b, "to strictly equal", 2],
    deepEqual: [deep, "to deeply equal", 2],
    isAbove: [(a, b) => a > b, "to be above", 2],
    isAtLeast: [(a, b) => a >= b, "to be at least", 2],
    isBelow: [(a, b) => a < b, "to be below", 2],
    isAtMost: [(a, b) => a <= b, "to be at most", 2],
    isTrue: [(a) => a === true, "to be true", 1],
    isFalse: [(a) => a === false, "to be false", 1],
    isNull: [(a) => a === null, "to be null", 1],
    isNaN: [(a) => a !== a, "to be NaN", 1],
    exists: [(a) => a !== null && a !== undefined, "to exist", 1],
    isDefined: [(a) => a !== undefined, "to be defined", 1],
    isFunction: [(a) => typeof a === "function", "to be a function", 1],
    isObject: [(a) => type(a) === "object", "to be an object", 1],
    isArray: [(a) => Array.isArray(a), "to be an array", 1],
    isString: [(a) => type(a) === "string", "to be a string", 1],
    isNumber: [(a) => type(a) === "number", "to be a number", 1],
    isFinite: [(a) => typeof a === "number" && Number.isFinite(a), "to be a finite number", 1],
    isBoolean: [(a) => type(a) === "boolean", "to be a boolean", 1],
    typeOf: [(a, b) => type(a) === String(b).toLowerCase(), "to be of the type", 2],
    instanceOf: [(a, b) => a instanceof b, "to be an instance of", 2],
    include: [(a, b) => includes(a, b, same), "to include", 2],
    deepInclude: [(a, b) => includes(a, b, deep), "to include", 2],
    match: [(a, b) => b.test(a), "to match", 2],
    property: [has, "to have the property", 2],
    ownProperty: [(a, b) => Object.prototype.hasOwnProperty.call(a, b), "to have the own property", 2],
    nestedProperty: [(a, b) => nested(a, b).found, "to have the nested property", 2],
    propertyVal: [(a, b, c) => has(a, b) && a[b] === c, "to have the property and value", 3],
    deepPropertyVal: [(a, b, c) => has(a, b) && deep(a[b], c), "to have the property and value", 3],
    nestedPropertyVal: [(a, b, c) => nested(a, b).value === c, "to have the nested property and value", 3],
    lengthOf: [(a, b) => size(a) === b, "to have the length", 2],
    hasAnyKeys: [(a, b) => wanted(b).some((k) => keysOf(a).includes(k)), "to have any of the keys", 2],
    containsAllKeys: [(a, b) => wanted(b).every((k) => keysOf(a).includes(k)), "to have the keys", 2],
    hasAllKeys: [
      (a, b) => keysOf(a).length === wanted(b).length && wanted(b).every((k) => keysOf(a).includes(k)),
      "to have exactly the keys",
      2,
    ],
    sameMembers: [
      (a, b) => a.length === b.length && members(a, b, same) && members(b, a, same),
      "to have the same members as",
      2,
    ],
    sameDeepMembers: [
      (a, b) => a.length === b.length && members(a, b, deep) && members(b, a, deep),
      "to have the same members as",
      2,
    ],
    includeMembers: [(a, b) => members(a, b, same), "to have the members", 2],
    includeDeepMembers: [(a, b) => members(a, b, deep), "to have the members", 2],
    oneOf: [(a, b) => b.some((one) => one === a), "to be one of", 2],
    closeTo: [(a, b, c) => Math.abs(a - b) <= c, "to be close to", 3],
    isEmpty: [isEmpty, "to be empty", 1],
    isFrozen: [(a) => Object.isFrozen(a), "to be frozen", 1],
    isSealed: [(a) => Object.isSealed(a), "to be sealed", 1],
    isExtensible: [(a) => Object.isExtensible(a), "to be extensible", 1],
  };

  // Other names for a test, and the names of its opposite.
  const names = {
    ok: [["isOk"], ["notOk", "isNotOk"]],
    equal: [[], ["notEqual"]],
    strictEqual: [[], ["notStrictEqual"]],
    deepEqual: [["deepStrictEqual"], ["notDeepEqual"]],
    isTrue: [[], ["isNotTrue"]],
    isFalse: [[], ["isNotFalse"]],
    isNull: [[], ["isNotNull"]],
    isNaN: [[], ["isNotNaN"]],
    exists: [[], ["notExists"]],
    isDefined: [[], ["isUndefined"]],
    isFunction: [["isCallable"], ["isNotFunction", "isNotCallable"]],
    isObject: [[], ["isNotObject"]],
    isArray: [[], ["isNotArray"]],
    isString: [[], ["isNotString"]],
    isNumber: [["isNumeric"], ["isNotNumber", "isNotNumeric"]],
    isBoolean: [[], ["isNotBoolean"]],
    typeOf: [[], ["notTypeOf"]],
    instanceOf: [[], ["notInstanceOf"]],
    include: [[], ["notInclude"]],
    deepInclude: [[], ["notDeepInclude"]],
    match: [[], ["notMatch"]],
    property: [[], ["notProperty"]],
    ownProperty: [[], ["notOwnProperty"]],
    nestedProperty: [["deepProperty"], ["notNestedProperty", "notDeepProperty"]],
    propertyVal: [[], ["notPropertyVal", "propertyNotVal"]],
    deepPropertyVal: [[], ["notDeepPropertyVal"]],
    nestedPropertyVal: [[], ["notNestedPropertyVal"]],
    hasAnyKeys: [[], ["doesNotHaveAnyKeys"]],
    hasAllKeys: [[], ["doesNotHaveAllKeys"]],
    containsAllKeys: [[], []],
    sameMembers: [[], ["notSameMembers"]],
    sameDeepMembers: [[], ["notSameDeepMembers"]],
    includeMembers: [[], ["notIncludeMembers"]],
    includeDeepMembers: [[], ["notIncludeDeepMembers"]],
    closeTo: [["approximately"], []],
    isEmpty: [[], ["isNotEmpty"]],
    isFrozen: [["frozen"], ["isNotFrozen", "notFrozen"]],
    isSealed: [["sealed"], ["isNotSealed", "notSealed"]],
    isExtensible: [["extensible"], ["isNotExtensible", "notExtensible"]],
  };

  function fail(message, detail) {
    throw new AssertionError(message === undefined || message === "" ? detail : message + ": " + detail);
  }

  function makeTest([holds, words, count], positive) {
    return function (...values) {
      if (!!holds(...values.slice(0, count)) === positive) return;
      const rest = values.slice(1, count).map(show).join(", ");
      const not = positive ? "" : "not ";
      fail(values[count], ("expected " + show(values[0]) + " " + not + words + " " + rest).trim());
    };
  }

  function assert(expression, message) {
    if (!expression) throw new AssertionError(message === undefined ? "Unspecified AssertionError" : text(message));
  }
  for (const name of Object.keys(tests)) {
    const [aliases, opposites] = names[name] || [[], []];
    for (const alias of [name, ...aliases]) assert[alias] = makeTest(tests[name], true);
    for (const opposite of opposites) assert[opposite] = makeTest(tests[name], false);
  }
  assert.fail = function (actual, expected, message) {
    if (arguments.length < 2) throw new AssertionError(actual === undefined ? "assert.fail()" : text(actual));
    fail(message, "expected " + show(expected) + ", got " + show(actual));
  };
  assert.operator = function (a, operator, b, message) {
    const holds = {
      "==": a == b, "===": a === b, "!=": a != b, "!==": a !== b,
      "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b,
    }[operator];
    if (holds === undefined) throw new Error("there is no operator " + show(operator));
    if (!holds) fail(message, "expected " + show(a) + " to be " + operator + " " + show(b));
  };
  assert.throws = assert.throw = assert.Throw = function (run, ...rest) {
    try {
      run();
    } catch (error) {
      const [kind, part] = typeof rest[0] === "function" ? rest : [undefined, rest[0]];
      if (kind && !(error instanceof kind)) fail(undefined, "expected another error than " + show(text(error)));
      const said = String((error && error.message) || error);
      if (part instanceof RegExp ? !part.test(said) : part !== undefined && !said.includes(part)) {
        fail(undefined, "expected the error to say " + text(part) + ", got " + show(said));
      }
      return;
    }
    fail(undefined, "expected an error to be thrown");
  };
  assert.doesNotThrow = function (run, ...rest) {
    try {
      run();
    } catch (error) {
      fail(rest.find((one) => typeof one === "string"), "expected no error, got " + text(error));
    }
  };
  assert.ifError = function (value) {
    if (value) throw value;
  };

  function log(...values) {
    host.log(values.map(text).join(" "));
  }

  const globals = {
    variables: Object.freeze({
      get: (name) => host.get(String(name)),
      set: (name, value) => host.set(String(name), text(value)),
    }),
    request: data.request === null ? undefined : data.request,
    response: data.response === null ? undefined : data.response,
    log,
    console: Object.freeze({ log, info: log, warn: log, error: log, debug: log }),
    AssertionError,
    // A name of Chai's that is missing here is our gap, not the target's fault.
    assert: new Proxy(assert, {
      get(target, name) {
        if (name in target || typeof name === "symbol") return target[name];
        throw new UnavailableError("assert." + name);
      },
    }),
  };
  globals.chai = Object.freeze({ assert: globals.assert, AssertionError });
  for (const name of Object.keys(globals)) {
    Object.defineProperty(globalThis, name, {
      value: globals[name],
      configurable: true,
      writable: true,
      enumerable: false,
    });
  }

  // Libraries that the hosted service offers and this runner does not have.
  for (const name of ["_", "$", "CryptoJS", "expect", "moment", "should", "URI", "urlparse", "get_secret"]) {
    Object.defineProperty(globalThis, name, {
      configurable: true,
      enumerable: false,
      get() {
        throw new UnavailableError(name);
      },
      set(value) {
        Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
      },
    });
  }
})
