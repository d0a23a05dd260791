"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const texts = data.texts;
  const root = document.getElementById("root");
  const goodOutcomes = ["passed", "caught"];
  const kinds = { step: 0, engine: 1, exchange: 2, movement: 3, polls: 4 };
  const lanes = ["rackbeat", "engine", "ongoing"];

  // The only place that makes elements: whatever comes from a run becomes a text node or an attribute, never markup.
  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (typeof value === "function") element.addEventListener(key, value);
      else element.setAttribute(key, value === true ? "" : String(value));
    }
    for (const child of children.flat(Infinity)) {
      if (child === null || child === undefined || child === false) continue;
      element.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
    return element;
  }

  // MARK: Words

  function clock(milliseconds) {
    const pad = (value, width) => String(value).padStart(width, "0");
    const seconds = Math.floor(milliseconds / 1000);
    const days = Math.floor(seconds / 86400);
    return (days ? days + "d " : "") + pad(Math.floor(seconds / 3600) % 24, 2) + ":" + pad(Math.floor(seconds / 60) % 60, 2)
      + ":" + pad(seconds % 60, 2) + "." + pad(milliseconds % 1000, 3);
  }

  function length(milliseconds) {
    const seconds = Math.round(milliseconds / 1000);
    const parts = [[86400, "d"], [3600, "h"], [60, "m"], [1, "s"]];
    let rest = seconds;
    const words = [];
    for (const [size, unit] of parts) {
      if (rest >= size) { words.push(Math.floor(rest / size) + unit); rest %= size; }
      if (words.length === 2) break;
    }
    return words.join(" ") || milliseconds + " ms";
  }

  const title = (run) => run.name + (run.variant ? " [" + run.variant + "]" : "");
  const isGood = (run) => goodOutcomes.includes(run.outcome);
  const counted = (count, noun) => count + " " + noun + (count === 1 ? "" : "s");
  const badge = (run) => make("span", { class: "badge " + run.outcome }, run.outcome);

  // MARK: The index

  const filter = { text: "", outcome: "", tag: "" };

  function index() {
    document.title = data.title;
    const counts = new Map();
    for (const run of data.runs) counts.set(run.outcome, (counts.get(run.outcome) || 0) + 1);
    const tags = [...new Set(data.runs.flatMap((run) => run.tags))].sort();
    const list = make("div", { "aria-live": "polite" });
    const search = make("input", {
      type: "search", id: "search", placeholder: "Search name, summary, finding  ( / )", "aria-label": "Search runs", value: filter.text,
      input: (event) => { filter.text = event.target.value; show(); },
    });
    const outcomes = make("div", { class: "bar", role: "group", "aria-label": "Outcome" });
    function showOutcomes() {
      outcomes.replaceChildren(...["", ...counts.keys()].map((outcome) => make("button", {
        type: "button", "aria-pressed": String(filter.outcome === outcome),
        click: () => { filter.outcome = outcome; showOutcomes(); show(); },
      }, outcome ? outcome + " " + counts.get(outcome) : "all " + data.runs.length)));
    }
    const tag = make("select", { "aria-label": "Tag", change: (event) => { filter.tag = event.target.value; show(); } },
      make("option", { value: "" }, "every tag"), tags.map((name) => make("option", { value: name, selected: filter.tag === name }, name)));
    function show() {
      const shown = data.runs.map((run, number) => [run, number]).filter(([run]) => matches(run));
      const bad = [
        ["What failed", shown.filter(([run]) => !isGood(run) && run.outcome !== "changed")],
        ["What only changed", shown.filter(([run]) => run.outcome === "changed")],
      ].filter(([, runs]) => runs.length);
      const good = shown.filter(([run]) => isGood(run));
      const isNarrow = filter.text || filter.outcome || filter.tag;
      list.replaceChildren(
        ...bad.flatMap(([name, runs]) => [make("h2", {}, name), table(name, runs)]),
        ...folders(good).map(([name, runs]) => make("details", { open: Boolean(isNarrow) && good.length <= 60 },
          make("summary", {}, name + " ", make("span", { class: "soft" }, "· " + runs.length + " as expected")), table("Runs of " + name, runs))),
        shown.length ? "" : make("p", { class: "none" }, "No run matches."));
    }
    root.replaceChildren(make("main", {},
      make("h1", {}, data.title), make("p", { class: "soft" }, data.summary), data.command.length > 240
        ? make("details", {}, make("summary", { class: "soft" }, "command line"), make("p", { class: "mono" }, data.command))
        : make("p", { class: "mono" }, data.command),
      (data.notes || []).map((note) => make("p", { class: "soft" }, note)),
      counts.has("caught") || counts.has("missed") ? make("p", { class: "soft" }, "caught: a known bug was put in on purpose, and an invariant is violated, as it must be") : null,
      counts.has("changed") ? make("p", { class: "soft" }, "changed: nothing is violated, but the run is not what it was when its baseline was accepted") : null,
      data.runs.length ? [make("div", { class: "bar" }, search, tag), outcomes, list]
        : make("p", {}, "No run failed. Only runs that fail are shown here, with what they were shrunk to.")));
    showOutcomes();
    show();
  }

  function matches(run) {
    if (filter.outcome && run.outcome !== filter.outcome) return false;
    if (filter.tag && !run.tags.includes(filter.tag)) return false;
    if (!filter.text) return true;
    const words = (run.words ||= [title(run), run.path, texts[run.summary], run.problem, ...run.tags,
      ...run.invariants.flatMap((one) => [one.id, ...one.findings.flatMap((finding) => [finding.subject, finding.sentence])])]
      .join("\n").toLowerCase());
    return filter.text.toLowerCase().split(/\s+/).every((word) => words.includes(word));
  }

  function folders(runs) {
    const folders = new Map();
    for (const entry of runs) {
      const folder = entry[0].name.includes("/") ? entry[0].name.split("/")[0] : "scenarios";
      if (!folders.has(folder)) folders.set(folder, []);
      folders.get(folder).push(entry);
    }
    return [...folders];
  }

  function table(caption, runs) {
    return make("table", { class: "runs", "aria-label": caption },
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "outcome"), make("th", { scope: "col" }, "run"),
        make("th", { scope: "col", class: "number" }, "exchanges"), make("th", { scope: "col", class: "number" }, "simulated time"))),
      make("tbody", {}, runs.map(([run, number]) => make("tr", {},
        make("td", {}, badge(run)),
        make("td", {}, make("a", { href: "#/run/" + number }, title(run)), " ",
          run.tags.filter((tag) => !run.name.startsWith(tag + "/")).map((tag) => make("span", { class: "tag" }, tag)),
          isGood(run) ? null : make("div", { class: "soft" }, firstProblem(run))),
        make("td", { class: "number" }, run.exchanges), make("td", { class: "number" }, length(run.simulated))))));
  }

  function firstProblem(run) {
    for (const invariant of run.invariants) {
      for (const finding of invariant.findings) return invariant.id + ": " + finding.subject + ": " + finding.sentence;
      if (invariant.undecided) return invariant.id + " is undecided: " + invariant.undecided;
    }
    const missed = run.expectations[0];
    return missed ? missed.name + ": expected " + missed.expected + ", found " + missed.found : run.problem || "";
  }

  // MARK: One run

  /// Makes objects of the compact rows, once.
  function entries(run) {
    if (run.read) return run.read;
    let after = 0;
    run.read = (run.entries || []).map((row, position) => {
      after += row[0];
      const entry = { position, after, lane: lanes[row[1]], kind: row[2], records: row[3] || [] };
      const rest = row.slice(4);
      if (entry.kind === kinds.step) [entry.line, entry.text, entry.wasTaken] = [rest[0], texts[rest[1]], rest[2] !== 0];
      if (entry.kind === kinds.engine) [entry.note, entry.text] = [texts[rest[0]], texts[rest[1]]];
      if (entry.kind === kinds.exchange) {
        const [number, method, target, outcome, took, flags, fault, request, response, connection] = rest;
        Object.assign(entry, {
          number, method: texts[method], target: texts[target], outcome: texts[outcome], took, isSuccess: (flags & 1) > 0,
          wasServed: (flags & 2) > 0, isOld: (flags & 4) > 0, fault: fault < 0 ? "" : texts[fault],
          request: request < 0 ? null : texts[request], response: response < 0 ? null : texts[response], connection: texts[connection],
        });
      }
      if (entry.kind === kinds.movement) {
        const [item, place, change, stock, cause, document] = rest;
        Object.assign(entry, { item: texts[item], place: texts[place], change: texts[change], stock: texts[stock], cause: texts[cause], document: texts[document] });
      }
      if (entry.kind === kinds.polls) entry.count = rest[0];
      return entry;
    });
    return run.read;
  }

  const isQuiet = (entry) => entry.isOld || entry.kind === kinds.polls || ["jobBegan", "jobEnded", "routine"].includes(entry.note);

  function words(entry) {
    switch (entry.kind) {
      case kinds.step: return entry.text + (entry.wasTaken ? "" : "  (not taken)");
      case kinds.engine: return entry.text;
      case kinds.exchange: {
        const [path, query] = entry.target.split("?", 2);
        return "#" + entry.number + " " + entry.method + " " + path + (query ? "?…" : "") + " → " + entry.outcome + (entry.fault ? "  ⚡ " + entry.fault : "");
      }
      case kinds.movement:
        return "stock of " + entry.item + " " + placeOf(entry) + ": " + (entry.change.startsWith("-") ? "" : "+") + entry.change + " → " + entry.stock + ", "
          + entry.cause + (entry.document ? " (" + entry.document + ")" : "");
      default: return counted(entry.count, "poll") + ", nothing new";
    }
  }

  const placeOf = (entry) => (entry.lane === "rackbeat" ? "at location " : "for goods owner ") + entry.place;

  const kindOfExchange = (entry) => entry.lane + " " + entry.method + " " + entry.target.split("?")[0].replace(/\d+/g, "n");

  function runView(number, wanted) {
    const run = data.runs[number];
    document.title = title(run) + " · " + data.title;
    const all = entries(run);
    const cited = new Set(run.invariants.flatMap((one) => one.findings.flatMap((finding) => finding.exchanges)));
    const state = { selected: Math.max(0, all.length - 1), only: run.concerned.length ? "failure" : "", showsPolls: false };
    const last = all.findLast((entry) => !isQuiet(entry));
    if (last) state.selected = last.position;
    const first = all.find((entry) => cited.has(entry.number));
    if (first) state.selected = first.position;
    const wantedEntry = all.find((entry) => entry.number === wanted && entry.kind === kinds.exchange);
    if (wantedEntry) state.selected = wantedEntry.position;

    const list = make("ol", { class: "timeline", "aria-label": "Timeline" });
    const side = make("section", { class: "side panel", "aria-label": "Selected moment" });
    const source = sourceView(run, (line) => {
      const entry = all.find((one) => one.kind === kinds.step && one.line === line);
      if (entry) select(entry.position, true);
    });
    const range = make("input", {
      type: "range", min: 0, max: Math.max(0, all.length - 1), value: state.selected, "aria-label": "Moment of the run",
      input: (event) => select(Number(event.target.value), true),
    });
    const time = make("output", { class: "mono" });
    let rows = new Map();

    function isShown(entry) {
      if (state.only === "failure") return entry.records.length === 0 ? entry.kind !== kinds.movement : entry.records.some((one) => run.concerned.includes(one)) || cited.has(entry.number);
      return state.only === "" || entry.records.length === 0 && entry.kind !== kinds.movement || entry.records.includes(Number(state.only));
    }

    function fill() {
      rows = new Map();
      const items = [];
      let quiet = [];
      const flush = () => {
        const polls = quiet.reduce((sum, entry) => sum + (entry.kind === kinds.polls ? entry.count : entry.isOld ? 1 : 0), 0);
        if (polls) items.push(row({ ...quiet[0], kind: kinds.polls, lane: "engine", count: polls, note: "" }, quiet));
        quiet = [];
      };
      for (const entry of all) {
        if (!isShown(entry)) continue;
        if (!state.showsPolls && isQuiet(entry) && !cited.has(entry.number)) { quiet.push(entry); continue; }
        flush();
        items.push(row(entry, [entry]));
      }
      flush();
      list.replaceChildren(...items);
      if (!items.length) list.append(make("li", { class: "none" }, "Nothing was kept of this run."));
    }

    function row(entry, covered) {
      const isTrouble = entry.fault || entry.kind === kinds.exchange && !entry.isSuccess || ["crashed", "jobFailed", "parked"].includes(entry.note)
        || entry.kind === kinds.step && !entry.wasTaken;
      const kind = Object.keys(kinds)[entry.kind];
      const button = make("button", {
        type: "button", class: cited.has(entry.number) ? "cited" : null, click: () => select(entry.position, false),
      }, make("span", { class: "time" }, clock(entry.after)),
        make("span", { class: entry.lane + " " + kind + (isTrouble ? " trouble" : "") }, words(entry)),
        entry.lane === "rackbeat" ? make("span", { class: "gap" }) : null);
      for (const one of covered) rows.set(one.position, button);
      return make("li", {}, button);
    }

    function select(position, scrolls) {
      state.selected = position;
      const entry = all[position];
      range.value = position;
      time.textContent = entry ? clock(entry.after) : "";
      range.setAttribute("aria-valuetext", entry ? clock(entry.after) + ", " + words(entry) : "");
      for (const [place, button] of rows) {
        button.setAttribute("aria-current", "false");
        button.classList.toggle("ahead", place > position);
      }
      let place = position;
      while (place > 0 && !rows.has(place)) place -= 1;
      const button = rows.get(place);
      if (button) {
        button.setAttribute("aria-current", "true");
        button.classList.remove("ahead");
        if (scrolls) button.scrollIntoView({ block: "nearest" });
      }
      for (const line of source.lines) line.classList.toggle("now", entry && entry.kind === kinds.step && Number(line.dataset.line) === entry.line);
      side.replaceChildren(...moment(run, all, position));
    }

    const only = make("select", { "aria-label": "Documents shown", change: (event) => { state.only = event.target.value; fill(); select(state.selected, true); } },
      run.concerned.length ? make("option", { value: "failure" }, "failing documents") : null,
      make("option", { value: "" }, "every document"),
      run.documents.map((name, place) => make("option", { value: String(place) }, name)));
    const polls = make("button", {
      type: "button", "aria-pressed": "false",
      click: (event) => { state.showsPolls = !state.showsPolls; event.target.setAttribute("aria-pressed", String(state.showsPolls)); fill(); select(state.selected, true); },
    }, "show polls");

    root.replaceChildren(make("main", {},
      make("p", {}, make("a", { href: "#/" }, "← all runs")),
      make("h1", {}, badge(run), " ", title(run)),
      make("p", { class: "soft" }, run.path + " · seed " + run.seed + (run.digest ? " · digest " + run.digest : "") + " · " + counted(run.exchanges, "exchange")
        + " in " + length(run.simulated) + " of simulated time"),
      texts[run.summary] ? make("p", { class: "summary" }, texts[run.summary].replace(/([^\n])\n(?=[^\n])/g, "$1 ")) : null,
      again(run.again), conditions(run), reproducer(run), problems(run, select, all, source),
      source.element,
      all.length ? make("section", { "aria-label": "What happened" },
        make("h2", {}, "What happened"),
        make("div", { class: "view" },
          make("div", {},
            make("div", { class: "bar scrub" }, make("button", { type: "button", "aria-label": "Earlier", click: () => step(-1) }, "‹"), range,
              make("button", { type: "button", "aria-label": "Later", click: () => step(1) }, "›"), time, only, polls),
            make("div", { class: "lanes", "aria-hidden": "true" }, make("span", { class: "head" }, "time"), make("span", { class: "head rackbeat" }, "Rackbeat"), make("span", { class: "head engine" }, "engine"),
              make("span", { class: "head ongoing" }, "Ongoing")),
            list, run.left ? make("p", { class: "soft" }, counted(run.left, "later entry").replace("entrys", "entries") + " not kept in this report.") : null),
          side)) : null));
    fill();
    if (all.length) select(state.selected, false);

    function step(by) {
      const places = [...rows.keys()].sort((a, b) => a - b);
      const shown = places.filter((place, i) => i === 0 || rows.get(place) !== rows.get(places[i - 1]));
      const current = shown.findLast((place) => place <= state.selected) ?? shown[0];
      const next = shown[shown.indexOf(current) + by];
      if (next !== undefined) select(next, true);
    }
    return step;
  }

  function again(command) {
    const said = make("span", { class: "soft", role: "status" });
    return make("div", { class: "again" }, make("span", { class: "soft" }, "run it again"), make("code", {}, command),
      make("button", {
        type: "button", click: () => {
          const done = () => { said.textContent = "copied"; };
          if (navigator.clipboard) navigator.clipboard.writeText(command).then(done, () => { said.textContent = "select the text and copy it"; });
          else said.textContent = "select the text and copy it";
        },
      }, "copy"), said);
  }

  function conditions(run) {
    if (!run.conditions.length) return null;
    return make("section", {}, make("h2", {}, "What was special about this run"),
      make("ul", {}, run.conditions.map((line) => make("li", {}, line))));
  }

  /// Open where it is as short as it should be.
  function reproducer(run) {
    if (!run.reproducer) return null;
    const own = data.runs.findIndex((one) => one !== run && one.source >= 0 && texts[one.source] === run.reproducer);
    return make("section", {}, make("h2", {}, "Minimal reproducer"),
      own < 0 ? null : make("p", {}, "The scenario that this run was shrunk to: ", make("a", { href: "#/run/" + own }, "its run"), "."),
      make("details", { open: run.reproducer.split("\n").length <= 40 }, make("summary", {}, "Scenario of the reproducer"),
        make("div", { class: "panel" }, make("pre", {}, run.reproducer))));
  }

  function problems(run, select, all, source) {
    const moments = (numbers) => numbers.map((number) => {
      const entry = all.find((one) => one.number === number);
      return entry ? [make("a", { href: "#", click: (event) => { event.preventDefault(); select(entry.position, true); } }, "#" + number), " "] : "#" + number + " ";
    });
    const toLine = (line) => make("a", { href: "#", click: (event) => { event.preventDefault(); source.show(line); } }, "line " + line);
    const parts = [];
    for (const invariant of run.invariants) {
      parts.push(make("h3", {}, invariant.id), make("p", { class: "soft" }, invariant.statement));
      if (invariant.undecided) parts.push(make("p", {}, "undecided: " + invariant.undecided));
      const shown = invariant.findings.map((finding) =>
        make("div", { class: "finding" }, make("strong", {}, finding.subject), make("p", {}, finding.sentence), make("dl", {},
          [["expected", finding.expected], ["Rackbeat", finding.rackbeat], ["Ongoing", finding.ongoing]].filter((pair) => pair[1]).map(([name, text]) => [make("dt", {}, name), make("dd", {}, listed(text))]),
          finding.exchanges.length ? [make("dt", {}, "exchanges"), make("dd", {}, moments(finding.exchanges))] : null)));
      parts.push(shown.slice(0, 5));
      if (shown.length > 5) parts.push(make("details", {}, make("summary", {}, counted(shown.length - 5, "more finding") + " of " + invariant.id), shown.slice(5)));
    }
    for (const missed of run.expectations) {
      parts.push(make("div", { class: "finding" }, make("strong", {}, "expect " + missed.name), " (", toLine(missed.line), ")", make("dl", {},
        make("dt", {}, "expected"), make("dd", {}, missed.expected), make("dt", {}, "found"), make("dd", {}, missed.found))));
    }
    if (run.problem) parts.push(make("div", { class: "finding" }, run.line ? [toLine(run.line), ": "] : null, run.problem));
    return parts.length ? make("section", {}, make("h2", {}, isGood(run) ? "What was caught" : "What is wrong"), parts) : null;
  }

  /// What a text lists in many parts, a line each.
  const listed = (text) => text.split("; ").length > 2 ? text.split("; ").map((part) => make("div", {}, part)) : text;

  function sourceView(run, selectLine) {
    const text = run.source < 0 ? "" : texts[run.source];
    const wrong = new Set([run.line, ...run.expectations.map((one) => one.line)]);
    const lines = text.replace(/\n$/, "").split("\n").map((line, place) => make("div", {
      class: wrong.has(place + 1) ? "wrong" : null, "data-line": place + 1, click: () => selectLine(place + 1),
    }, make("span", {}, place + 1), make("span", {}, line)));
    const element = text ? make("details", { open: !isGood(run) }, make("summary", {}, "Scenario"), make("div", { class: "source panel mono", tabindex: 0, role: "region", "aria-label": "Scenario file" }, lines)) : null;
    return {
      element, lines,
      show: (line) => { if (element) { element.open = true; lines[line - 1]?.scrollIntoView({ block: "center" }); } },
    };
  }

  // MARK: One moment

  function moment(run, all, position) {
    const entry = all[position];
    if (!entry) return [];
    return [make("h2", {}, clock(entry.after)), ...details(run, all, entry), make("h2", {}, entry.kind === kinds.exchange ? "Both systems after it" : "Both systems at this moment"), stateAt(run, all, position)];
  }

  function details(run, all, entry) {
    const parts = [make("p", { class: "mono" }, words(entry))];
    const names = entry.records.map((place) => run.documents[place]).join(", ");
    if (names) parts.push(make("p", { class: "soft" }, "about " + names));
    if (entry.kind !== kinds.exchange) return parts;
    parts.push(make("p", { class: "soft" }, (entry.connection ? entry.connection + " · " : "") + "took " + entry.took + " ms · " + (entry.wasServed ? "carried out" : "not carried out")));
    if (entry.target.includes("?")) parts.push(make("p", { class: "mono soft" }, entry.target));
    const kind = kindOfExchange(entry);
    // A document is compared with itself, a list with what it showed last.
    const documents = entry.records.filter((place) => !run.documents[place].startsWith("product "));
    const before = all.slice(0, entry.position).findLast((one) => one.kind === kinds.exchange && kindOfExchange(one) === kind
      && one.isSuccess === entry.isSuccess && (!documents.length || entry.method === "GET" || documents.some((place) => one.records.includes(place))));
    if (entry.request) parts.push(make("h3", {}, "request"), body(entry.request, before && before.request));
    if (entry.response) parts.push(make("h3", {}, "response " + entry.outcome), body(entry.response, before && before.response));
    if (entry.request === null && entry.response === null) parts.push(make("p", { class: "soft" }, "Bodies are kept of runs that fail, and of all runs where there are few."));
    else if (before && (before.request || before.response)) parts.push(make("p", { class: "soft" }, "Marked: what differs from #" + before.number + ", the last of this kind" + (documents.length && entry.method !== "GET" ? " about " + names : "") + "."));
    return parts;
  }

  function pretty(text) {
    try { return JSON.stringify(JSON.parse(text), null, 1).split("\n"); } catch { return text.split("\n"); }
  }

  function body(text, earlier) {
    const lines = pretty(text);
    const marks = earlier ? compare(pretty(earlier), lines) : lines.map((line) => ["", line]);
    return make("pre", { class: "body", tabindex: 0 }, marks.slice(0, 1500).map(([mark, line]) => make("span", { class: mark || null }, line + "\n")));
  }

  /// Lines that are new, gone or the same; long texts by what they contain.
  function compare(old, now) {
    if (old.length * now.length > 400000) {
      const known = new Set(old);
      return now.map((line) => [known.has(line) ? "" : "new", line]);
    }
    const table = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1));
    for (let i = old.length - 1; i >= 0; i--) {
      for (let j = now.length - 1; j >= 0; j--) table[i][j] = old[i] === now[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
    }
    const marks = [];
    let [i, j] = [0, 0];
    while (i < old.length || j < now.length) {
      if (i < old.length && j < now.length && old[i] === now[j]) { marks.push(["", now[j]]); i++; j++; }
      else if (i < old.length && (j === now.length || table[i + 1][j] >= table[i][j + 1])) marks.push(["gone", old[i++]]);
      else marks.push(["new", now[j++]]);
    }
    return marks;
  }

  function stateAt(run, all, position) {
    // An exchange has taken effect when it ends.
    const ends = all[position].kind === kinds.exchange;
    const moment = all[position].after + (ends ? all[position].took : 0);
    const documents = { rackbeat: new Map(), ongoing: new Map() };
    for (const [after, system, name, status, lines] of run.changes) {
      if (after > moment) break;
      const side = documents[lanes[system]];
      if (status < 0) side.delete(texts[name]);
      else side.set(texts[name], { after, status: texts[status], lines: lines.map((line) => line.map((part) => texts[part])) });
    }
    const stock = { rackbeat: new Map(), ongoing: new Map() };
    for (const entry of all) {
      if (entry.position > position && (!ends || entry.after > moment)) break;
      if (entry.kind !== kinds.movement) continue;
      const key = entry.item + " " + placeOf(entry);
      const side = stock[entry.lane];
      if (!side.has(key)) side.set(key, []);
      side.get(key).push(entry);
    }
    const side = (name, heading) => make("div", {}, make("h3", { class: name }, heading),
      [...documents[name]].map(([document, value]) => make("div", { class: "document" + (value.after === moment && moment > 0 ? " changed" : "") },
        make("strong", {}, document), " ", make("span", { class: "soft" }, value.status),
        value.lines.length ? make("ul", {}, value.lines.slice(0, 12).map(([id, item, quantity, progress]) => make("li", {}, id + ": " + quantity + " of " + item + (progress ? ", " + progress : "")))) : null)),
      [...stock[name]].map(([key, movements]) => make("details", { class: "document" },
        make("summary", {}, "stock of " + key + ": " + movements.at(-1).stock),
        make("ul", {}, movements.slice(-20).map((one) => make("li", {}, clock(one.after) + " " + (one.change.startsWith("-") ? "" : "+") + one.change + " → " + one.stock + ", " + one.cause + (one.document ? " (" + one.document + ")" : "")))))),
      documents[name].size + stock[name].size ? null : make("p", { class: "soft" }, "nothing yet"));
    const end = run.changesEnd !== null && moment > run.changesEnd ? make("p", { class: "soft" }, "Documents are as of " + clock(run.changesEnd) + ": there are too many to keep more.") : null;
    return make("div", {}, end, make("div", { class: "both" }, side("rackbeat", "Rackbeat"), side("ongoing", "Ongoing")));
  }

  // MARK: Getting around

  let stepping = null;

  function route() {
    const match = /^#\/run\/(\d+)(?:\/(\d+))?$/.exec(location.hash);
    if (match && data.runs[Number(match[1])]) stepping = runView(Number(match[1]), Number(match[2]));
    else { stepping = null; index(); }
    window.scrollTo(0, 0);
  }

  document.addEventListener("keydown", (event) => {
    const isTyping = ["INPUT", "SELECT", "TEXTAREA"].includes(event.target.tagName);
    if (event.key === "/" && !isTyping) {
      if (stepping) location.hash = "#/";
      event.preventDefault();
      setTimeout(() => document.getElementById("search")?.focus());
    }
    if (event.key === "Escape") { if (isTyping) event.target.blur(); else if (stepping) location.hash = "#/"; }
    if (isTyping || !stepping || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j" || event.key === "ArrowDown" && event.target.closest(".timeline")) { event.preventDefault(); stepping(1); }
    if (event.key === "k" || event.key === "ArrowUp" && event.target.closest(".timeline")) { event.preventDefault(); stepping(-1); }
  });
  window.addEventListener("hashchange", route);
  if (data.runs.length === 1 && !location.hash) location.replace("#/run/0");
  route();
})();
