'use strict';

const at = id => document.getElementById(id);

/** An element with text inside; nothing that was pasted or answered is ever read as HTML. */
function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) {
    made.textContent = text;
  }
  if (className) {
    made.className = className;
  }
  return made;
}

function table(caption, heads, rows) {
  const made = element('table');
  made.append(element('caption', caption));
  const head = element('tr');
  for (const name of heads) {
    const cell = element('th', name);
    cell.scope = 'col';
    head.append(cell);
  }
  const top = element('thead');
  top.append(head);
  const body = element('tbody');
  body.append(...rows);
  made.append(top, body);
  const wide = element('div', undefined, 'wide');
  wide.append(made);
  return wide;
}

function row(name, ...cells) {
  const made = element('tr');
  const head = element('th', name);
  head.scope = 'row';
  made.append(head, ...cells);
  return made;
}

/** How many characters the two texts begin with in common. */
function common(one, other) {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) {
    length++;
  }
  return length;
}

/** A cell of a line, in which the part that differs from the other side is marked. */
function side(own, other) {
  const cell = element('td', undefined, 'text');
  if (own === undefined) {
    cell.append(element('em', 'no such line'));
    return cell;
  }
  if (own === other) {
    cell.textContent = own;
    return cell;
  }
  const beginning = other === undefined ? 0 : common(own, other);
  cell.append(own.slice(0, beginning), element('mark', own.slice(beginning) || '(ends here)'));
  return cell;
}

const FORMS = { canonicalRequest: 'Canonical request', stringToSign: 'String to sign' };
const OTHER_SIDES = { client: 'The client', answer: "The server's reply" };

function comparison(compared) {
  const rows = compared.lines.map((line, index) => {
    const made = row(
      line.name,
      side(line.request, line.other),
      side(line.other, line.request),
      element('td', line.differs ? (index === compared.firstDifference ? 'differs first here' : 'differs') : ''));
    made.className = index === compared.firstDifference ? 'first' : '';
    return made;
  });
  return table(FORMS[compared.form], ['Line', 'This request', OTHER_SIDES[compared.beside], 'Difference'], rows);
}

function form(name, text) {
  const rows = text.split('\n').map((line, index) => row(String(index + 1), element('td', line, 'text')));
  return table(FORMS[name], ['Line', 'This request'], rows);
}

const VERDICTS = {
  allowed: 'The request is allowed',
  refused: 'The request is refused',
  'signature-holds': 'The signature matches',
  'not-judged': 'The request was not judged',
};

/** The hosts of the official error pages. An address on another host is not shown as a link. */
const PAGES = /^https:\/\/(api\.aliyun\.com|help\.aliyun\.com|www\.alibabacloud\.com)\//;

function causeNodes(cause) {
  if (!cause.page || !PAGES.test(cause.page)) {
    return [cause.sentence];
  }
  const link = element('a', 'The official page');
  link.href = cause.page;
  link.rel = 'noreferrer noopener';
  return [`${cause.sentence} `, link];
}

function answered({ status, code, message, ec }) {
  const said = [status, code, ec && `(EC ${ec})`].filter(Boolean).join(' ');
  return `The server replied with ${said}${message ? `: ${message}` : ', without an error document'}`;
}

function show(report) {
  const refused = report.error ? `: ${report.error.code}` : '';
  at('verdict').textContent = VERDICTS[report.verdict] + refused;
  at('cause').replaceChildren(...(report.cause ? causeNodes(report.cause) : []));
  at('cause').hidden = !report.cause;
  at('here').textContent = report.here ? `This gateway refuses it for another reason: ${report.here.sentence}` : '';
  at('answered').textContent = report.answered ? answered(report.answered) : '';
  const steps = report.trace.map(step => row(step.step, element('td', step.outcome), element('td', step.detail)));
  at('steps').replaceChildren(...(steps.length ? [table('Steps of the decision', ['Step', 'Outcome', 'Detail'], steps)] : []));
  const compared = report.comparison || [];
  const comparedForms = new Set(compared.map(one => one.form));
  const uncompared = Object.entries(report.canonical || {})
    .filter(([name]) => !comparedForms.has(name))
    .sort()
    .map(([name, text]) => form(name, text));
  at('forms').replaceChildren(...compared.map(comparison), ...uncompared);
  at('result').hidden = false;
  at('progress').textContent = report.at ? `Judged at ${report.at}.` : '';
  at('verdict').focus();
}

function fail(sentence) {
  at('result').hidden = true;
  at('progress').textContent = sentence;
}

async function explain(event) {
  event.preventDefault();
  at('progress').textContent = 'Explaining...';
  const question = { text: at('request').value };
  for (const [member, id] of [['stringToSign', 'string-to-sign'], ['canonicalRequest', 'canonical-request'], ['at', 'at']]) {
    if (at(id).value) {
      question[member] = at(id).value;
    }
  }
  try {
    const answer = await fetch('/console/explain', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(question),
    });
    const report = await answer.json();
    if (answer.ok) {
      show(report);
    } else {
      fail(`${report.title}. ${report.detail}`);
    }
  } catch (error) {
    fail('The gateway does not reply; check that it is running.');
  }
}

at('question').addEventListener('submit', explain);
