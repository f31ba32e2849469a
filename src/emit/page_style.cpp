#include "emit/page_style.h"

namespace buildable {

std::string_view page_style() {
  return R"(
:root { color-scheme: light dark; --line: #c8ccd1; --soft: #f4f5f6; --text: #1b1f23; --page: #fff;
  --mute: #54595f; --yes: #14662b; --no: #a3161a; --open: #7a4b00; --lag: #3566b0; }
@media (prefers-color-scheme: dark) {
  :root { --line: #4a4f55; --soft: #24282d; --text: #e6e8ea; --page: #16191c; --mute: #a8adb3;
    --yes: #7ddb94; --no: #ff9c94; --open: #f2c572; --lag: #8fb7f5; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 64rem; font: 1rem/1.5 system-ui, sans-serif;
  color: var(--text); background: var(--page); overflow-wrap: anywhere; }
a { color: inherit; }
h1, h2, h3 { line-height: 1.2; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; list-style: none; }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; padding: .75rem;
  background: var(--soft); border: 1px solid var(--line); }
form[hidden] { display: none; }
label { flex-basis: 100%; font-weight: 600; }
input, button { font: inherit; color: inherit; background: var(--page); padding: .4rem .6rem;
  border: 1px solid var(--mute); border-radius: .25rem; }
input { flex: 1 1 12rem; min-width: 0; }
:focus-visible { outline: 3px solid var(--lag); outline-offset: 2px; }
#answer h2 { margin-bottom: .25rem; }
.verdict { margin: .25rem 0; }
.verdict span { font-weight: 700; }
.buildable { color: var(--yes); }
.unbuildable { color: var(--no); }
.unknown { color: var(--open); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0;
  border-bottom: 1px solid var(--line); overflow-wrap: normal; }
pre { padding: .75rem; overflow-x: auto; background: var(--soft); border: 1px solid var(--line); }
code { font-family: ui-monospace, monospace; font-size: .95em; }
.plots { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr));
  gap: 1rem; }
figure { margin: 0; }
figcaption { font-weight: 600; }
svg { display: block; width: 100%; height: auto; }
.axis { stroke: var(--mute); }
.grid { stroke: var(--line); }
.lag { fill: var(--lag); fill-opacity: .35; stroke: var(--lag); stroke-width: 1.5; }
.label { fill: var(--mute); font: 12px system-ui, sans-serif; }
)";
}

std::string_view page_script() {
  return R"(
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
)";
}

}  // namespace buildable
