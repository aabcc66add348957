// Filters, search, keys, copying. Everything on the page can be read without it.
(() => {
  'use strict';
  const root = document.documentElement;
  root.classList.add('scripted');
  const one = (selector) => document.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  const search = one('#page-search');
  const chosenGroup = one('#page-group');
  const keys = one('#page-keys');
  const chips = all('.chip input');
  const groups = all('section.group');
  // The suite of a group, told by the list of the selection box.
  const suiteOf = new Map();
  all('optgroup').forEach((suite, place) => {
    all('option', suite).slice(1).forEach((option) => suiteOf.set(option.value.slice(1), `s${place}`));
  });
  const entries = all('.check, .line').map((element) => ({
    element,
    verdict: element.dataset.verdict,
    group: element.dataset.group ?? element.closest('.group').dataset.group,
    whole: element.classList.contains('check'),
    text: null,
  }));
  const byAnchor = new Map();
  for (const entry of entries) {
    if (entry.whole) byAnchor.set(entry.element.querySelector('.inside').id, entry);
  }

  // The words of a check; of a line that leads to a finding, those of the finding.
  const textOf = (entry) => {
    if (entry.text === null) {
      const found = entry.whole ? entry : byAnchor.get(entry.element.hash.slice(1)) ?? entry;
      entry.text = found.element.textContent.toLowerCase();
    }
    return entry.text;
  };

  const filter = () => {
    const verdicts = new Set(chips.filter((chip) => chip.checked).map((chip) => chip.value));
    const place = chosenGroup.value;
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const living = new Set();
    let shown = 0;
    let checks = 0;
    let foundFindings = false;
    for (const entry of entries) {
      const matches = (verdicts.size === 0 || verdicts.has(entry.verdict))
        && (place === '' || place === `g${entry.group}` || place === suiteOf.get(entry.group))
        && words.every((word) => textOf(entry).includes(word));
      entry.element.hidden = !matches;
      if (entry.whole) checks += 1;
      if (!matches) continue;
      if (entry.whole) shown += 1;
      const group = entry.element.closest('.group');
      if (group) living.add(group); else foundFindings = true;
    }
    for (const group of groups) group.hidden = !living.has(group);
    const findings = one('#page-findings');
    if (findings) findings.hidden = !foundFindings;
    one('#page-groups').hidden = groups.length > 0 && living.size === 0;
    one('#page-nothing').hidden = shown > 0 || checks === 0;
    one('#page-shown').textContent = shown === checks ? '' : `${shown} of ${checks} checks`;
  };

  const clear = () => {
    for (const chip of chips) chip.checked = false;
    chosenGroup.value = '';
    search.value = '';
    filter();
  };

  let waiting = 0;
  search.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 120);
  });
  chosenGroup.addEventListener('change', filter);
  for (const chip of chips) chip.addEventListener('change', filter);

  // A link to a check unfolds it, also when a filter hides it.
  const follow = () => {
    const anchor = decodeURIComponent(location.hash.slice(1));
    const target = anchor && document.getElementById(anchor);
    if (!target) return;
    for (let fold = target.closest('details'); fold; fold = fold.parentElement.closest('details')) {
      if (fold.hidden || fold.closest('[hidden]')) clear();
      fold.open = true;
    }
    const head = target.closest('details')?.querySelector('summary');
    (head ?? target).scrollIntoView({ block: 'start' });
    head?.focus({ preventScroll: true });
  };
  addEventListener('hashchange', follow);

  const copy = async (button) => {
    const text = button.parentElement.querySelector('pre').textContent;
    let copied = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without a secure connection there is no clipboard; the selection is the older way.
      getSelection().selectAllChildren(button.parentElement.querySelector('pre'));
      copied = document.execCommand('copy');
    }
    button.textContent = copied ? 'Copied' : 'Press Ctrl+C';
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  };
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (button?.hasAttribute('data-copy')) copy(button);
    if (button?.hasAttribute('data-clear')) clear();
    if (button?.id === 'page-help') keys.showModal();
    // The address does not change when the same link is followed twice.
    const link = event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash) follow();
  });

  const heads = () => entries.filter((entry) => !entry.element.hidden)
    .map((entry) => (entry.whole ? entry.element.firstElementChild : entry.element));
  const move = (step) => {
    const list = heads();
    const at = list.indexOf(document.activeElement.closest('.check > summary, a.line'));
    const inside = document.activeElement.closest('.check')?.querySelector('summary');
    const from = at >= 0 ? at : list.indexOf(inside);
    const next = list[from < 0 ? 0 : Math.min(Math.max(from + step, 0), list.length - 1)];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: 'nearest' });
  };
  const toggleEvidence = () => {
    const folds = all('.exchange', document.activeElement.closest('.check, .shared') ?? document.createElement('i'));
    const open = folds.some((fold) => !fold.open);
    for (const fold of folds) fold.open = open;
  };
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
    const writing = event.target.closest('input[type=search], select, textarea');
    if (event.key === 'Escape') {
      clear();
      search.blur();
      return;
    }
    if (writing) return;
    const onHead = event.target.closest('.check > summary, a.line');
    if (event.key === '/') search.focus();
    else if (event.key === '?') keys.showModal();
    else if (event.key === 'j' || (onHead && event.key === 'ArrowDown')) move(1);
    else if (event.key === 'k' || (onHead && event.key === 'ArrowUp')) move(-1);
    else if (event.key === 'e') toggleEvidence();
    else return;
    event.preventDefault();
  });

  // How fresh the results are, told by the reader's clock.
  const valid = one('#page-valid');
  const freshness = () => {
    const until = new Date(valid.dateTime);
    const hours = (until - Date.now()) / 3600000;
    const span = (count) => (count >= 72 ? `${Math.floor(count / 24)} days`
      : count >= 1 ? `${Math.floor(count)} h` : `${Math.max(1, Math.floor(count * 60))} min`);
    const local = until.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
    const state = hours > 0 ? `valid for another ${span(hours)}` : `expired ${span(-hours)} ago`;
    one('#page-fresh').textContent = `${local} local time: ${state}`;
    valid.closest('.fresh').classList.toggle('expired', hours <= 0);
  };
  if (valid) {
    freshness();
    setInterval(freshness, 60000);
  }

  // On paper the findings are unfolded.
  let folded = [];
  addEventListener('beforeprint', () => {
    folded = all('#page-findings .check:not([open])');
    for (const fold of folded) fold.open = true;
  });
  addEventListener('afterprint', () => {
    for (const fold of folded) fold.open = false;
  });

  filter();
  follow();
  // The browser goes to the address once more when all is there, and moves the focus.
  addEventListener('load', () => setTimeout(follow));
})();
