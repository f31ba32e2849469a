// Does JavaScript read the regular expressions as RE2 does? Input, a line each: "R" and an
// expression, then the texts that are asked of it, "+" or "-" and the text, as RE2 admits it or not.
// Output: every disagreement, then how many texts were asked.
import { readFileSync } from 'node:fs';

let expression;
let asked = 0;
for (const line of readFileSync(0, 'utf8').split('\n')) {
  if (line === '') continue;
  const rest = line.slice(1);
  if (line[0] === 'R') {
    expression = new RegExp(rest);
    new RegExp(rest, 'u'); // throws on what only the lenient syntax takes
    continue;
  }
  asked += 1;
  const admitted = expression.test(rest) ? '+' : '-';
  if (admitted !== line[0]) console.log(`${rest}: RE2 ${line[0]}, JavaScript ${admitted}: ${expression}`);
}
console.log(`asked ${asked}`);
