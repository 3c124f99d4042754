// Copies the personal link. Without JavaScript the field can be selected by hand.
const button = document.querySelector("[data-copy]");
const source = document.querySelector("[data-copy-source]");

if (button && source) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    source.select();
    try {
      await navigator.clipboard.writeText(source.value);
    } catch {
      document.execCommand("copy");
    }
    document.querySelector("[data-copy-status]").textContent = "De link is gekopieerd.";
  });
}
