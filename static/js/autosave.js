// Saves every choice at once. "Opgeslagen" appears only after the server has committed the answer.
const form = document.querySelector("[data-autosave]");
const offline = document.querySelector("[data-offline]");
const gone = document.querySelector("[data-gone]");
const RETRY = 3000; // milliseconds between two tries while the connection is away
const PATIENCE = 10000; // milliseconds after which a save that hears nothing counts as failed

const waiting = new Map(); // question code -> the choice that is not yet saved
const sending = new Set(); // question codes with a request under way
const failed = new Set(); // question codes whose last try did not get through
const tried = new Map(); // question code -> the choices sent since the last one that is known to be saved
const elsewhere = new Set(); // question codes that another window answered differently meanwhile
let retry = null;
let leaving = false;

const field = (code) => form.querySelector(`[data-question="${code}"]`);
const seen = (code) => form.elements[`seen-${code}`];
const say = (code, text) => (field(code).querySelector("[data-status]").textContent = text);

// A save names the revision that this page knows and counts only while that still stands. So a request that was
// given up here and arrives late can never undo a newer choice.
const post = (code, choice) =>
  fetch(form.dataset.autosave, {
    method: "POST",
    signal: AbortSignal.timeout(PATIENCE),
    body: new URLSearchParams({
      csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
      question: code,
      choice,
      seen: seen(code).value.split(":")[0],
    }),
  });

function acknowledge(code, choice) {
  tried.delete(code);
  if (waiting.get(code) !== choice) return; // another choice was made meanwhile
  waiting.delete(code);
  const told = elsewhere.delete(code);
  say(code, told ? "Opgeslagen. In een ander venster stond een ander antwoord; dit telt nu." : "Opgeslagen");
}

async function save(code) {
  if (sending.has(code) || !waiting.has(code)) return;
  const choice = waiting.get(code);
  sending.add(code);
  tried.set(code, (tried.get(code) ?? new Set()).add(choice));
  let again = false;
  try {
    const response = await post(code, choice);
    if (response.ok) {
      const { revision } = await response.json();
      seen(code).value = `${revision}:${choice}`;
      acknowledge(code, choice);
    } else if (response.status === 412) {
      // Something was saved before this: our own try whose answer got lost, or a choice in another window.
      const stored = await response.json();
      seen(code).value = `${stored.revision}:${stored.choice}`;
      if (!tried.get(code).has(stored.choice)) elsewhere.add(code);
      if (stored.choice === choice) acknowledge(code, choice);
    } else if (response.status >= 500 || response.status === 429) {
      again = true;
    } else {
      gone.hidden = false;
      say(code, "Niet opgeslagen");
    }
  } catch {
    again = true;
  } finally {
    sending.delete(code);
  }
  if (again) {
    say(code, "Niet opgeslagen");
    failed.add(code);
    clearTimeout(retry);
    retry = setTimeout(saveAll, RETRY);
  } else {
    failed.delete(code);
    if (waiting.has(code) && gone.hidden) return save(code); // another choice, or a newer revision to build on
  }
  offline.hidden = failed.size === 0 || !gone.hidden;
}

const saveAll = () => Promise.all([...waiting.keys()].map(save));

form.addEventListener("change", (event) => {
  if (event.target.type !== "radio") return;
  waiting.set(event.target.name, event.target.value);
  say(event.target.name, "");
  save(event.target.name);
});

// Going on waits for what is not yet saved; without a connection the page and the choices stay.
form.addEventListener("submit", async (event) => {
  if (leaving || (navigator.onLine && waiting.size === 0 && sending.size === 0)) return;
  event.preventDefault();
  await saveAll();
  while (sending.size) await new Promise((done) => setTimeout(done, 50));
  if (navigator.onLine && waiting.size === 0) {
    leaving = true;
    form.requestSubmit();
  } else {
    offline.hidden = !gone.hidden;
    (gone.hidden ? offline : gone).scrollIntoView({ block: "center" });
  }
});

window.addEventListener("online", () => {
  offline.hidden = waiting.size === 0;
  saveAll();
});
window.addEventListener("beforeunload", (event) => {
  // Where the scan is no longer open nothing can be saved; the way on stays free.
  if (waiting.size && !leaving && gone.hidden) event.preventDefault();
});
