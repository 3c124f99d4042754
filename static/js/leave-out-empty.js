// A search sends no empty field along, so that its address stays short enough to share.
document.querySelectorAll("[data-leave-out-empty]").forEach((form) => {
  form.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
  });
});
