// Posts a form from this page, whatever the page has named its fields.
const [action, fields] = arguments;
const form = document.createElement('form');
form.method = 'post';
form.setAttribute('action', action);
form.style.display = 'none';
for (const [name, value] of fields) {
  const field = document.createElement('textarea');
  field.name = name;
  field.value = value;
  form.appendChild(field);
}
(document.body || document.documentElement).appendChild(form);
HTMLFormElement.prototype.submit.call(form);
