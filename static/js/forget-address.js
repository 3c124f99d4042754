// Takes the secret out of the address bar and the history as soon as the page is there.
history.replaceState(null, "", document.currentScript.dataset.address);
