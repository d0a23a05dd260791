"use strict";
// The live page of one world. It holds no markup: everything of a world goes through `textContent`.
(() => {
  const root = location.pathname.replace(/\/$/, "");
  const $ = id => document.getElementById(id);
  /** How many rows a table shows before it is asked for more. */
  const firstRows = 100;
  const shown = new Map();
  let state = null, exchanges = [], last = "", source = null, catalogue = { steps: [], faults: [], operations: [] };
  const opened = new Set();
  let ledgerItem = null;

  // Elements

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (key === "class") made.className = value;
      else made.setAttribute(key, value === true ? "" : value);
    }
    for (const child of children.flat(3)) {
      if (child === null || child === undefined) continue;
      made.append(child instanceof Node ? child : String(child));
    }
    return made;
  }

  const button = (label, action, name) =>
    element("button", { type: "button", "aria-label": name || null, "data-key": name || label, onclick: action }, label);

  /** Replaces what a place shows, and gives the focus and what was typed back to what has the same key. */
  function show(place, ...children) {
    const focused = place.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const typed = new Map();
    for (const input of place.querySelectorAll("input[data-key]")) {
      if (input.value !== input.defaultValue) typed.set(input.dataset.key, input.value);
    }
    place.replaceChildren(...children.flat(3).filter(child => child));
    for (const [key, value] of typed) {
      const input = place.querySelector(`input[data-key="${CSS.escape(key)}"]`);
      if (input) input.value = value;
    }
    if (focused) place.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  /** A table that says how many rows it has, and shows the first hundred until it is asked for more. */
  function table(key, heads, rows, classes) {
    if (!rows.length) return element("p", { class: "none" }, "none");
    const count = shown.get(key) || firstRows;
    const visible = rows.slice(0, count);
    const made = element("table", { class: classes || null },
      element("thead", null, element("tr", null, heads.map(head =>
        element("th", { class: head.startsWith("#") ? "number" : null, scope: "col" }, head.replace("#", ""))))),
      element("tbody", null, visible.map(row => row instanceof Node ? row
        : element("tr", null, row.map((cell, index) =>
          element("td", { class: heads[index].startsWith("#") ? "number" : null }, cell))))));
    if (rows.length <= count) return made;
    return [made, element("p", null, `${count} of ${rows.length} are shown. `,
      button("Show 500 more", () => { shown.set(key, count + 500); render(); }, `more ${key}`))];
  }

  const mark = (word, kind) => element("b", { class: `mark ${kind || word}` }, word);

  // Requests

  let former = Promise.resolve();

  /** What a person asks for waits for the response to what they asked before, so that clicks take effect in their order. */
  function send(...request) {
    const next = former.then(() => ask(...request));
    former = next.catch(() => null);
    return next;
  }

  async function ask(method, path, body, type) {
    $("message").textContent = "";
    let response;
    try {
      response = await fetch(path, {
        method, headers: body === undefined ? {} : { "Content-Type": type || "application/json" },
        body: body === undefined ? undefined : type ? body : JSON.stringify(body)
      });
    } catch {
      $("message").textContent = "The server does not respond.";
      return null;
    }
    const text = await response.text();
    const answer = text ? JSON.parse(text) : {};
    if (!response.ok) {
      const spots = (answer.problems || []).map(spot => spot.text);
      $("message").textContent = [answer.detail || `${response.status}`, ...spots].join("\n");
      return null;
    }
    listen();
    return answer;
  }

  const step = (word, argument) => send("POST", `${root}/steps`, argument === undefined ? word : { [word]: argument });

  /** A quantity as the person typed it: exact decimals stay text. */
  const number = text => /^-?\d+$/.test(text.trim()) ? Number(text) : text.trim();

  // Events

  function listen() {
    if (source) source.close();
    const query = new URLSearchParams({ settled: $("settled").checked });
    if (last) query.set("last", last);
    source = new EventSource(`${root}/live?${query}`);
    source.addEventListener("state", event => {
      last = event.lastEventId;
      const news = JSON.parse(event.data);
      if (!state || news.restarted || news.exchanges.some(row => row.number <= (exchanges.at(-1)?.number || 0))) exchanges = [];
      exchanges = exchanges.concat(news.exchanges).slice(-5000);
      state = news;
      render();
    });
    source.addEventListener("clock", event => {
      last = event.lastEventId || last;
      $("connection").textContent = "";
      clock(JSON.parse(event.data));
    });
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) {
        $("connection").textContent = "not connected";
        $("connection").className = "mark bad";
        setTimeout(listen, 3000);
      }
    };
  }

  // Rendering

  function clock(value) {
    $("clock").textContent = `${value.now.replace("T", " ").replace(/\.\d+Z$/, " UTC")}${value.kind === "virtual" ? ", virtual" : ""}`;
  }

  function render() {
    if (!state) return;
    clock(state.world.clock);
    $("verdict").textContent = state.check.verdict;
    $("verdict").className = `mark ${state.check.verdict}`;
    const isVirtual = state.world.clock.kind === "virtual";
    show($("time-actions"), isVirtual ? ["1m", "10m", "1h", "1d"].map(by =>
      button(`+${by}`, () => send("POST", `${root}/clock/advance`, { by }), `advance ${by}`)) : [],
    isVirtual ? button("Run engine", () => step("engine.sync"), "run engine") : null);
    renderWorlds();
    renderDocuments();
    renderStock();
    renderExchanges();
    renderFaults();
    renderWebhooks();
    renderVerdict();
  }

  function options(select, values, kept) {
    const value = kept === undefined ? select.value : kept;
    const texts = values.map(entry => entry.value).join("\n");
    if (select.dataset.texts === texts) { if (kept !== undefined) select.value = kept; return; }
    select.dataset.texts = texts;
    select.replaceChildren(...values.map(entry => element("option", { value: entry.value }, entry.label)));
    if (values.some(entry => entry.value === value)) select.value = value;
  }

  function renderWorlds() {
    options($("worlds"), state.worlds.map(id => ({ value: id, label: id })), state.id);
    options($("snapshots"), state.snapshots.map(entry => ({ value: entry.name, label: entry.name })));
    $("restore").hidden = $("snapshots").hidden = !state.snapshots.length;
    const items = state.world.rackbeat.products.filter(product => !product.isDeleted);
    options(document.querySelector("#book-order select"), items.map(product => ({ value: product.number, label: product.number })));
  }

  /** What Rackbeat says of a document, with the part that is done. */
  function shopState(order, done) {
    if (order.state !== "booked") return order.state;
    return order.lines.some(line => Number(line.done) > 0) ? `part ${done}` : "booked";
  }

  function joined(shop, warehouse) {
    const rows = new Map();
    for (const order of shop) rows.set(order.number, { number: order.number, shop: order, warehouse: [] });
    for (const order of warehouse) {
      const base = order.number.replace(/-[A-Z]+$/, "");
      const row = rows.get(order.number) || rows.get(base) || { number: order.number, shop: null, warehouse: [] };
      row.warehouse.push(order);
      rows.set(row.number, row);
    }
    const filter = $("document-filter").value.trim().toLowerCase();
    const isOpen = row => (row.shop && ["draft", "booked"].includes(row.shop.state)) ||
      row.warehouse.some(order => !order.isCancelled && order.lines.some(line => Number(line.done) < Number(line.quantity)));
    return [...rows.values()].reverse().filter(row =>
      (!filter || JSON.stringify(row).toLowerCase().includes(filter)) && (!$("only-open").checked || isOpen(row)));
  }

  function lineTable(kind, order) {
    const isOrder = kind === "order";
    return element("table", { class: "lines" }, element("tbody", null, order.lines.map(line => {
      const row = line.row || String(line.id);
      const rest = Math.max(0, Number(line.quantity) - Number(line.done));
      const key = `${kind} ${order.number} line ${row}`;
      const input = element("input", { size: 5, value: rest || line.quantity, "aria-label": `Quantity for ${key}`, "data-key": `input ${key}`,
        inputmode: "decimal" });
      const act = () => {
        const lines = { [row]: number(input.value) };
        // The rest is what comes next.
        input.value = input.defaultValue;
        return isOrder ? step("ongoing.pick", { order: order.number, lines })
          : step("ongoing.receive", { "purchase-order": order.number, lines });
      };
      const reported = line.reported === null || line.reported === undefined ? null : `, ${line.reported} reported`;
      return element("tr", null,
        element("td", null, `${row}: ${line.done} of ${line.quantity} ${line.article} ${isOrder ? "picked" : "received"}`, reported),
        element("td", { class: "actions" }, order.isCancelled ? null : [input, button(isOrder ? "Pick" : "Receive", act,
          `${isOrder ? "pick" : "receive"} ${key}`)]));
    })));
  }

  function shopLines(order, done) {
    return element("table", { class: "lines" }, element("tbody", null, order.lines.map(line =>
      element("tr", null, element("td", null, `${line.id}: ${line.done} of ${line.quantity} ${line.item || "text"} ${done}` +
        (line.location ? ` at ${line.location}` : ""))))));
  }

  function documentRow(kind, row) {
    const isOrder = kind === "order";
    const argument = order => isOrder ? { order: order.number } : { "purchase-order": order.number };
    const words = isOrder ? ["send", "collect", "cancel"] : ["finish", "cancel"];
    const shopWords = isOrder ? [["Cancel", "rackbeat.cancel-order"], ["Reopen", "rackbeat.reopen-order"]]
      : [["Cancel", "rackbeat.cancel-purchase-order"], ["Reopen", "rackbeat.reopen-purchase-order"]];
    const word = name => isOrder ? `ongoing.${name}` : name === "cancel" ? "ongoing.cancel-purchase-order" : `ongoing.${name}`;
    return [
      row.number,
      row.shop ? [element("div", null, mark(shopState(row.shop, isOrder ? "shipped" : "received"), row.shop.state === "booked" ? "open" : ""), " ",
        shopWords.map(([label, name]) => button(label, () => step(name, argument(row.shop)), `${label.toLowerCase()} ${kind} ${row.number} in Rackbeat`)),
        button("Change…", () => prefill(isOrder ? "rackbeat.change-order" : "rackbeat.change-purchase-order", row.number), `change ${kind} ${row.number}`)),
        shopLines(row.shop, isOrder ? "shipped" : "received")] : element("span", { class: "none" }, "not in Rackbeat"),
      row.warehouse.length ? row.warehouse.map(order => [
        element("div", null, order.number === row.number ? null : `${order.number} `,
          mark(order.isCancelled ? "cancelled" : `status ${order.status}`, "ongoing"), " ",
          order.isCancelled ? null : words.filter(name => catalogue.steps.some(entry => entry.word === word(name))).map(name =>
            button(name[0].toUpperCase() + name.slice(1), () => step(word(name), argument(order)), `${name} ${kind} ${order.number}`))),
        lineTable(kind, order)]) : element("span", { class: "none" }, "not in the warehouse")
    ];
  }

  function renderDocuments() {
    const { rackbeat, ongoing } = state.world;
    const orders = joined(rackbeat.orders, ongoing.orders);
    const purchases = joined(rackbeat.purchaseOrders, ongoing.purchaseOrders);
    $("count-documents").textContent = rackbeat.orders.length + rackbeat.purchaseOrders.length;
    show($("orders"), table("orders", ["number", "Rackbeat", "Ongoing"], orders.map(row => documentRow("order", row))));
    show($("purchase-orders"), table("purchase-orders", ["number", "Rackbeat", "Ongoing"],
      purchases.map(row => documentRow("purchase-order", row))));
  }

  function renderStock() {
    const { rackbeat, ongoing } = state.world;
    const positions = new Map();
    const at = item => positions.get(item) || positions.set(item, { rackbeat: [], ongoing: [] }).get(item);
    for (const position of rackbeat.stock) at(position.item).rackbeat.push(position);
    for (const position of ongoing.stock) at(position.item).ongoing.push(position);
    const text = (list, place) => list.map(position => `${position.quantity} ${place} ${position.place}`).join(", ") || "0";
    $("count-stock").textContent = positions.size;
    show($("positions"), table("stock", ["item", "#Rackbeat", "#Ongoing", "adjust in the warehouse", "ledger"],
      [...positions].map(([item, both]) => {
        const input = element("input", { size: 5, value: "1", "aria-label": `Change of ${item}`, "data-key": `input adjust ${item}`, inputmode: "decimal" });
        return [item, text(both.rackbeat, "at location"), text(both.ongoing, "for goods owner"),
          [input, button("Adjust", () => step("ongoing.adjust", { item, change: number(input.value) }), `adjust ${item}`)],
          button(ledgerItem === item ? "Hide" : "Show", () => { ledgerItem = ledgerItem === item ? null : item; renderStock(); }, `ledger of ${item}`)];
      })));
    $("ledger").hidden = ledgerItem === null;
    if (ledgerItem === null) return;
    const rows = system => state.world[system].ledger.filter(entry => entry.item === ledgerItem).map(entry => ({ system, ...entry }));
    show($("ledger"), element("h3", null, `Ledger of ${ledgerItem}`),
      table("ledger", ["time", "system", "at", "#change", "cause", "document"],
        [...rows("rackbeat"), ...rows("ongoing")].sort((a, b) => a.time < b.time ? 1 : a.time > b.time ? -1 : b.number - a.number)
          .map(entry => [entry.time, element("span", { class: entry.system }, entry.system), entry.place, entry.change, entry.cause, entry.document])));
  }

  // Exchanges

  const path = target => target.replace(/^\/[^?]*?\/?api(\/v\d+)?(?=\/)/, "");

  function pretty(text) {
    if (text === null || text === undefined) return "";
    try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
  }

  /** The lines of a body, marked where they differ from the last body of that kind. */
  function body(text, former) {
    const before = new Set(pretty(former).split("\n").map(line => line.trim()));
    const made = element("pre", { tabindex: 0 });
    for (const line of pretty(text).split("\n")) {
      const isNew = former !== null && former !== undefined && !before.has(line.trim());
      made.append(isNew ? element("mark", null, line) : line, "\n");
    }
    return made;
  }

  function readable(target) {
    try { return decodeURIComponent(target); } catch { return target; }
  }

  /** What a list shows, whatever moment it was asked from. */
  const poll = exchange => `${exchange.system} ${path(exchange.target).replace(/=\d{4}-\d\d-\d\d[^&]*/g, "=")}`;

  /** Rows, the newest first, with each run of reads that showed the same as before as one row. */
  function folded(rows) {
    const before = new Map(), isPoll = new Set();
    for (const exchange of exchanges) {
      if (exchange.method !== "GET" || exchange.fault || !(exchange.status >= 200 && exchange.status < 300)) continue;
      if (before.get(poll(exchange)) === exchange.responseBody && !opened.has(exchange.number)) isPoll.add(exchange.number);
      before.set(poll(exchange), exchange.responseBody);
    }
    const made = [];
    for (const exchange of rows) {
      const latest = made.at(-1);
      if (!isPoll.has(exchange.number)) made.push(exchange);
      else if (latest?.polls) latest.polls += 1;
      else made.push({ polls: 1, number: exchange.number, startedAt: exchange.startedAt });
    }
    return made;
  }

  const pattern = exchange => `${exchange.system} ${exchange.method} ${path(exchange.target).split("?")[0].replace(/\/\d+/g, "/{}")}`;

  function details(exchange) {
    const index = exchanges.indexOf(exchange);
    const succeeded = other => other.status >= 200 && other.status < 300;
    const former = exchanges.slice(0, index).findLast(other =>
      pattern(other) === pattern(exchange) && succeeded(other) === succeeded(exchange));
    const headers = list => list.length ? element("div", { class: "headers" }, list.map(field => element("div", null, `${field.name}: ${field.value}`))) : null;
    const block = (title, list, text, old) => element("div", null, element("b", null, title), headers(list),
      text ? body(text, old) : element("p", { class: "none" }, "no body"));
    return element("tr", { class: "open-row" }, element("td", { colspan: 4 }, element("div", { class: "bodies" },
      block("Request", exchange.requestHeaders, exchange.requestBody, former?.requestBody), block("Response", exchange.responseHeaders, exchange.responseBody, former?.responseBody))));
  }

  function renderExchanges() {
    const filter = $("exchange-filter").value.trim().toLowerCase();
    const method = $("method-filter").value, status = $("status-filter").value;
    const violations = new Map();
    for (const violation of state.violations) {
      violations.set(violation.exchange, (violations.get(violation.exchange) || []).concat(violation.sentence));
    }
    const rows = exchanges.filter(exchange =>
      (!method || exchange.method === method) &&
      (!status || (status === "none" ? exchange.status === null : String(exchange.status)[0] === status)) &&
      (!$("only-violations").checked || exchange.fault || violations.has(exchange.number)) &&
      (!filter || [exchange.target, exchange.requestBody, exchange.responseBody, `#${exchange.number}`]
        .some(text => (text || "").toLowerCase().includes(filter)))).reverse();
    $("count-exchanges").textContent = state.latest + (state.violations.length ? `, ${state.violations.length} violations` : "");
    const lane = (exchange, system) => {
      if (exchange.system !== system) return null;
      const outcome = exchange.status ?? exchange.failure;
      const [place, query] = readable(path(exchange.target)).split("?");
      return [element("button", { type: "button", class: "target", "data-key": `exchange ${exchange.number}`, onclick: () => {
        if (!opened.delete(exchange.number)) opened.add(exchange.number);
        renderExchanges();
      } }, `${exchange.method} ${place}`, query ? element("span", { class: "query" }, ` ?${query}`) : null), " ", element("b", { class: exchange.status >= 200 && exchange.status < 300 ? "good" : "bad" }, outcome),
      exchange.fault ? element("div", { class: "bad" }, `fault: ${exchange.fault}`) : null,
      (violations.get(exchange.number) || []).map(sentence => element("div", { class: "bad" }, sentence))];
    };
    const made = ($("fold-polls").checked ? folded(rows) : rows).flatMap(exchange => {
      if (exchange.polls) {
        return [element("tr", null, element("td", { class: "number" }, exchange.number), element("td", null, exchange.startedAt.slice(11, 23)),
          element("td", { colspan: 2, class: "none" }, `${exchange.polls} ${exchange.polls === 1 ? "poll" : "polls"}, nothing new`))];
      }
      const isOpen = opened.has(exchange.number);
      const row = element("tr", { class: exchange.fault ? "fault" : violations.has(exchange.number) ? "violation" : null },
        element("td", { class: "number" }, exchange.number), element("td", null, exchange.startedAt.slice(11, 23)),
        element("td", { class: "lane" }, lane(exchange, "rackbeat")), element("td", { class: "lane" }, lane(exchange, "ongoing")));
      for (const control of row.querySelectorAll("button")) {
        control.classList.add("exchange");
        control.setAttribute("aria-expanded", isOpen);
      }
      return isOpen ? [row, details(exchange)] : [row];
    });
    show($("timeline"), table("exchanges", ["#no.", "time", "Rackbeat", "Ongoing"], made, "timeline"),
      state.forgotten ? element("p", { class: "none" }, `${state.forgotten} earlier exchanges are not kept.`) : null);
  }

  function renderFaults() {
    $("count-faults").textContent = state.faults.length;
    show($("fault-list"), table("faults", ["on", "fault", "injected"], state.faults.map(fault =>
      [fault.match, fault.fault, `${fault.injected} of ${fault.times ?? "all"}`])));
  }

  function renderWebhooks() {
    const deliveries = state.webhooks.deliveries;
    $("count-webhooks").textContent = deliveries.length;
    show($("webhook-list"), table("webhooks", ["#no.", "system", "event", "to", "state", "attempts"], [...deliveries].reverse().map(delivery =>
      [delivery.id, delivery.system, delivery.event, delivery.url,
        [mark(delivery.state, delivery.state === "delivered" ? "good" : delivery.state === "given-up" ? "bad" : "open"), delivery.why ? ` ${delivery.why}` : null],
        delivery.attempts.map(attempt => element("div", null, `${attempt.time.slice(11, 19)} ${attempt.outcome}`))])));
  }

  function finding(entry) {
    const rows = [["expected", entry.expected], ["Rackbeat", entry.rackbeat], ["Ongoing", entry.ongoing]].filter(([, text]) => text);
    // What a text lists in many parts, a line each.
    const listed = text => text.split("; ").length > 2 ? text.split("; ").map(part => element("div", null, part)) : text;
    return element("div", { class: "finding" }, element("p", null, element("b", null, entry.subject), `: ${entry.sentence}`),
      element("dl", null, rows.map(([name, text]) => [element("dt", null, name), element("dd", null, listed(text))])));
  }

  function renderVerdict() {
    const count = state.check.invariants.reduce((sum, entry) => sum + entry.findings.length, 0);
    $("count-findings").textContent = count ? `${count} findings` : "";
    const order = ["broken", "undecided", "not-judged", "holds"];
    const sorted = [...state.check.invariants].sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
    show($("invariant-list"), table("invariants", ["invariant", "verdict", "findings"], sorted.map(entry =>
      [element("div", null, entry.invariant, element("div", { class: "about" }, entry.statement)), mark(entry.verdict),
        [entry.why ? element("p", null, entry.why) : null, entry.findings.map(finding)]])));
    show($("failed-steps"), state.world.failedSteps.length ? [element("h3", null, "Steps that could not be taken"),
      table("failed", ["line", "problem"], state.world.failedSteps.map(problem => [problem.line, problem.text]))] : null);
  }

  // Forms

  function prefill(word, subject) {
    const select = document.querySelector("#take-step select");
    select.value = word;
    const entry = catalogue.steps.find(other => other.word === word);
    const example = entry ? entry.example : `${word}:`;
    document.querySelector("#take-step textarea").value = subject ? example.replace(/(order|number): [^,} ]+/, `$1: ${subject}`) : example;
    $("step-about").textContent = entry ? entry.about : "";
    if (subject) { location.hash = "steps"; document.querySelector("#take-step textarea").focus(); }
  }

  const faultEntry = word => catalogue.faults.find(fault => fault.word === word);

  function aboutFault(word) {
    $("fault-about").textContent = faultEntry(word)?.about || "";
    $("own-response").hidden = !faultEntry(word)?.takesResponse;
  }

  /** The word, or the response that the form holds under it. */
  function chosenFault(form) {
    const word = form.fault.value;
    if (!faultEntry(word)?.takesResponse) return word;
    const headers = form.headers.value.split("\n").map(line => line.match(/^([^:]+):(.*)$/)).filter(Boolean)
      .map(([, name, value]) => [name.trim(), value.trim()]);
    let body = form.body.value;
    try { body = JSON.parse(body); } catch { /* text, as it stands there */ }
    return { [word]: { status: number(form.status.value), headers: Object.fromEntries(headers), ...(body === "" ? {} : { body }) } };
  }

  function forms() {
    for (const id of ["document-filter", "only-open"]) $(id).addEventListener("input", () => state && renderDocuments());
    for (const id of ["exchange-filter", "method-filter", "status-filter", "only-violations", "fold-polls"]) {
      $(id).addEventListener("input", () => state && renderExchanges());
    }
    $("settled").addEventListener("input", () => { last = ""; listen(); });
    $("reset").addEventListener("click", () => send("POST", `${root}/reset`));
    $("new-world").addEventListener("click", async () => {
      const made = await send("POST", "/worlds", {});
      if (made) location.href = `/worlds/${made.id}/`;
    });
    $("worlds").addEventListener("change", event => {
      location.href = event.target.value === "main" ? "/" : `/worlds/${encodeURIComponent(event.target.value)}/`;
    });
    $("snapshot").addEventListener("click", () => send("PUT", `${root}/snapshots/${encodeURIComponent($("snapshot-name").value)}`));
    $("restore").addEventListener("click", () => send("POST", `${root}/snapshots/${encodeURIComponent($("snapshots").value)}/restore`));
    $("end-faults").addEventListener("click", () => send("DELETE", `${root}/faults`));
    $("book-order").addEventListener("submit", event => {
      event.preventDefault();
      const form = event.target, kind = event.submitter?.value || "order";
      const { orders, purchaseOrders } = state.world.rackbeat;
      const list = kind === "order" ? orders : purchaseOrders;
      const next = list.reduce((most, order) => Math.max(most, Number(order.number) || 0), kind === "order" ? 1000 : 3000) + 1;
      const lines = [...orders, ...purchaseOrders].flatMap(order => order.lines);
      const id = lines.reduce((most, line) => Math.max(most, Number(line.id) || 0), 0) + 1;
      step(`rackbeat.book-${kind}`, { number: next, lines: [{ id, item: form.item.value, quantity: number(form.quantity.value) }] });
    });
    $("add-fault").addEventListener("submit", event => {
      event.preventDefault();
      const form = event.target;
      const times = form.times.value.trim();
      send("POST", `${root}/faults`, { match: form.match.value, fault: chosenFault(form), nth: number(form.nth.value), times: times ? number(times) : "all" });
    });
    document.querySelector("#add-fault select").addEventListener("change", event => aboutFault(event.target.value));
    document.querySelector("#take-step select").addEventListener("change", event => prefill(event.target.value));
    $("take-step").addEventListener("submit", event => {
      event.preventDefault();
      send("POST", `${root}/steps`, event.target.text.value, "application/yaml");
    });
  }

  async function begin() {
    forms();
    const response = await fetch("/catalogue");
    if (response.ok) catalogue = await response.json();
    options(document.querySelector("#take-step select"), catalogue.steps.map(entry => ({ value: entry.word, label: entry.word })));
    options(document.querySelector("#add-fault select"), catalogue.faults.map(entry => ({ value: entry.word, label: entry.word })), "response-lost");
    $("operations").replaceChildren(...catalogue.operations.map(text => element("option", { value: text })));
    if (catalogue.steps.length) prefill(catalogue.steps[0].word);
    aboutFault("response-lost");
    listen();
  }

  begin();
})();
