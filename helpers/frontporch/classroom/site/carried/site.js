// What the theme leaves out for people who use the keyboard or hear the page.
document.addEventListener("DOMContentLoaded", () => {
  const named = { ".sidebar-drawer": "All pages", ".toc-drawer": "On this page" };
  for (const [found, name] of Object.entries(named)) {
    document.querySelectorAll(found).forEach(one => one.setAttribute("aria-label", name));
  }
  // Whatever scrolls sideways is reached by the keyboard, too.
  document.querySelectorAll("pre, .table-wrapper, .cell_output .output").forEach(one => {
    one.tabIndex = 0;
  });
  if (!document.querySelector("h1")) {
    const heading = document.createElement("h1");
    heading.textContent = document.title.split(" - ")[0];
    (document.querySelector("article") || document.body).prepend(heading);
  }
});
