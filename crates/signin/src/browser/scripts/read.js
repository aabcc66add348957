// The document as it is now: values of fields written into it, what styles hide marked as hidden.
const root = document.documentElement;
if (!root) return [location.href, ''];
const copy = root.cloneNode(true);
const real = root.querySelectorAll('*');
const made = copy.querySelectorAll('*');
const skip = /^(script|style|head|meta|link|title|template|noscript|base|br|option|optgroup|source|area)$/;
for (let i = 0; i < real.length && i < made.length && i < 20000; i++) {
  const from = real[i], to = made[i], name = from.localName;
  if (name === 'input') {
    if (from.type === 'checkbox' || from.type === 'radio') to.toggleAttribute('checked', from.checked);
    else if (from.type === 'password') to.removeAttribute('value');
    else if (from.type !== 'file') to.setAttribute('value', from.value);
    if (from.type === 'hidden') continue;
  } else if (name === 'textarea') to.textContent = from.value;
  else if (name === 'option') to.toggleAttribute('selected', from.selected);
  if (skip.test(name) || !(from instanceof HTMLElement) || to.hasAttribute('hidden')) continue;
  const style = getComputedStyle(from);
  if (style.display === 'none' || (style.visibility !== 'visible' && !from.firstElementChild)) to.setAttribute('hidden', '');
}
return [location.href, copy.outerHTML.slice(0, 4000000)];
