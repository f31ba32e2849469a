
(function () {
  'use strict';
  var form = document.getElementById('search');
  var field = document.getElementById('q');
  var answer = document.getElementById('answer');
  var byServer = form.getAttribute('data-answers') === 'server';
  var asked = 0;
  var waiting = 0;
  var policy = null;

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

  function restAfter(text, name) {
    if (text.toLowerCase().indexOf(name.toLowerCase()) !== 0) { return null; }
    var rest = text.slice(name.length);
    if (/^[a-z]/i.test(rest)) { return null; }
    return rest.replace(/^[ @:=\/-]+/, '').replace(/^v(?=\d)/, '').trim();
  }
  function sentence(runtime, version) {
    if (!version) { return ['', runtime.summary]; }
    var listed = runtime.versions.indexOf(version) !== -1;
    var inSeries = runtime.series.some(function (row) {
      if (row.series === version) { return true; }
      return row.open_patches ? /^[\d.]+$/.test(version) ? version.indexOf(row.series + '.') === 0 : false : false;
    });
    if (listed || inSeries) { return ['yes', runtime.summary]; }
    return ['not listed', runtime.summary];
  }
  function answerFrom(policy, text) {
    var nodes = [];
    Object.keys(policy.tracks).forEach(function (track) {
      var runtimes = policy.tracks[track].runtimes;
      var best = null;
      Object.keys(runtimes).forEach(function (id) {
        [id, runtimes[id].name].forEach(function (name) {
          var rest = restAfter(text, name);
          if (rest === null) { return; }
          if (best === null || name.length - best.length === Math.abs(name.length - best.length)) {
            best = { length: name.length, runtime: runtimes[id], version: rest };
          }
        });
      });
      if (best === null) { return; }
      if (nodes.length === 0) { nodes.push(element('h2', (best.runtime.name + ' ' + best.version).trim())); }
      var told = sentence(best.runtime, best.version);
      var row = element('p', '', 'verdict');
      row.append(element('strong', track + ': '));
      if (told[0]) { row.append(element('span', told[0], told[0] === 'yes' ? 'buildable' : 'unknown'), ' – '); }
      row.append(told[1]);
      nodes.push(row);
    });
    return nodes.length === 0 ? [element('p', 'No runtime of that name.')] : nodes;
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
  if (!byServer) {
    form.hidden = false;
    form.addEventListener('submit', function (event) { event.preventDefault(); ask(); });
  }
})();
