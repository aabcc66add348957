// How the page is now: whether it is loaded, where, and a number that changes when its source does.
const root = document.documentElement;
const source = root ? root.outerHTML : '';
let number = source.length;
for (let i = 0; i < source.length && i < 400000; i++) number = (number * 31 + source.charCodeAt(i)) | 0;
return [document.readyState, location.href, number];
