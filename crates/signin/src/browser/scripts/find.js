// The first element that one sees there, and whether it is an empty field: [element, empty] or [].
// Links to be clicked stay in this tab.
const [css, words, click] = arguments;
const seen = e => {
  if (!e.getClientRects().length) return false;
  const style = getComputedStyle(e);
  return style.visibility === 'visible' && style.display !== 'none';
};
const squeeze = text => (text || '').replace(/\s+/g, ' ').trim();
let found = null;
if (css !== null) {
  const all = [...document.querySelectorAll(css)];
  found = all.find(seen) || (click ? null : all.find(e => e.type === 'hidden')) || null;
} else {
  const reads = e => squeeze(e.localName === 'input' ? (/^(submit|button|reset)$/.test(e.type) ? e.value : '') : e.innerText);
  const first = list => {
    const hits = list.filter(e => reads(e).includes(words) && seen(e));
    const inner = hits.filter(e => !hits.some(o => o !== e && e.contains(o)));
    return inner.find(e => reads(e) === words) || inner[0];
  };
  found = first([...document.querySelectorAll('a,button,summary,label,input,[role=button],[role=link]')])
    || first([...(document.body || document).querySelectorAll('*')]) || null;
}
if (!found) return [];
if (click) {
  const holder = found.closest('a[target],form[target]') || (found.form && found.form.target ? found.form : null);
  if (holder) holder.removeAttribute('target');
}
return [found, found.value === ''];
