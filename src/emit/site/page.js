
(function () {
  'use strict';
  var form = document.getElementById('search');
  var field = document.getElementById('q');
  var answer = document.getElementById('answer');
  var byServer = form.getAttribute('data-answers') === 'server';
  var asked = 0;
  var waiting = 0;
  var policy = null;

  function all(selector, within) {
    return Array.from((within || document).querySelectorAll(selector));
  }
  function show(nodes) { answer.replaceChildren.apply(answer, nodes); }
  function element(name, text, style) {
    var made = document.createElement(name);
    made.textContent = text;
    if (style) { made.className = style; }
    return made;
  }
  function askServer(text) {
    return fetch('./?q=' + encodeURIComponent(text)).then(function (got) {
      return got.text();
    }).then(function (html) {
      var fresh = new DOMParser().parseFromString(html, 'text/html').getElementById('answer');
      return fresh ? Array.from(fresh.childNodes) : [];
    });
  }

  // What follows the name, whose separators people may leave out; null where it goes on.
  function restAfter(text, name) {
    var letters = name.split('').map(function (c) {
      return (/\d/.test(c) ? '' : '[ ._-]*') + (c === '+' ? '\\+' : c);
    });
    var end = /\d$/.test(name) ? '(?![\\d.])' : '(?![a-z])';
    var found = new RegExp('^' + letters.join('') + end + '[ @:=/_-]*', 'i').exec(text);
    return found === null ? null : text.slice(found[0].length).replace(/^v(?=\d)/, '').trim();
  }
  // The runtime with the longest name that the text begins with.
  function runtimeIn(text) {
    var best = null;
    all('tr[data-runtime]').forEach(function (row) {
      row.getAttribute('data-names').split(' ').forEach(function (name) {
        var rest = restAfter(text, name);
        if (rest === null) { return; }
        if (best === null || name.length - best.length === Math.abs(name.length - best.length)) {
          best = { length: name.length, runtime: row.getAttribute('data-runtime'), version: rest };
        }
      });
    });
    return best;
  }
  function verdict(runtime, version) {
    if (!version) { return ['', runtime.summary]; }
    var listed = runtime.versions.indexOf(version) !== -1;
    var inSeries = runtime.series.some(function (row) {
      if (row.series === version) { return true; }
      if (!row.open_patches) { return false; }
      return /^[\d.]+$/.test(version) ? version.indexOf(row.series + '.') === 0 : false;
    });
    return [listed || inSeries ? 'yes' : 'not listed', runtime.summary];
  }
  function answerFrom(policy, text) {
    var best = runtimeIn(text);
    if (best === null) { return [element('p', 'No runtime of that name.')]; }
    var article = element('article', '', 'answer');
    var rows = document.createElement('dl');
    var name = best.runtime;
    Object.keys(policy.tracks).forEach(function (track) {
      var runtime = policy.tracks[track].runtimes[best.runtime];
      if (!runtime || policy.tracks[track].expired) { return; }
      name = runtime.name;
      var told = verdict(runtime, best.version);
      var row = element('dd', '', 'verdict');
      if (told[0]) {
        row.append(element('span', told[0], told[0] === 'yes' ? 'buildable' : 'unknown'), ' ');
      }
      row.append(told[1]);
      rows.append(element('dt', track), row);
    });
    article.append(element('h2', (name + ' ' + best.version).trim()), rows);
    return [article];
  }
  function askPolicy(text) {
    if (policy === null) {
      policy = fetch('policy.json').then(function (got) { return got.json(); });
    }
    return policy.then(function (known) { return answerFrom(known, text); });
  }

  function ask() {
    var text = field.value.trim();
    asked += 1;
    var mine = asked;
    if (!text) { show([]); return; }
    (byServer ? askServer(text) : askPolicy(text)).then(function (nodes) {
      if (mine === asked) { show(nodes); }
    }).catch(function () {
      policy = null;
      if (mine === asked) { show([element('p', 'No answer: the network is not there.')]); }
    });
  }
  field.addEventListener('input', function () {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 150);
  });
  form.addEventListener('click', function (event) {
    if (event.target.tagName !== 'A') { return; }
    event.preventDefault();
    field.value = event.target.textContent;
    field.focus();
    ask();
  });
  if (!byServer) {
    form.hidden = false;
    form.addEventListener('submit', function (event) { event.preventDefault(); ask(); });
  }

  // A row of the table leads to its details, which must be open to be seen.
  function openTarget() {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target ? target.tagName === 'DETAILS' : false) { target.open = true; }
  }
  window.addEventListener('hashchange', openTarget);
  openTarget();

  var here = new URL('.', location.href).href;
  var relative = document.getElementById('relative');
  if (relative) { relative.hidden = true; }
  all('[data-address]').forEach(function (place) { place.textContent = here; });
  all('.copy').forEach(function (button) {
    if (!navigator.clipboard) { return; }
    button.hidden = false;
    button.addEventListener('click', function () {
      navigator.clipboard.writeText(all('code', button.parentNode)[0].textContent).then(function () {
        button.textContent = 'Copied';
        setTimeout(function () { button.textContent = 'Copy'; }, 2000);
      });
    });
  });
})();
