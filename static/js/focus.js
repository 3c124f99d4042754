// Puts the focus on the summary of what is missing, so that a screen reader begins there.
document.querySelector("[data-focus]")?.focus();
