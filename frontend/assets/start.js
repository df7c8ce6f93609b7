// Starts the application that wasm-bindgen has wrapped.
import start from "./console.js";

start().catch((error) => {
  const said = document.createElement("p");
  said.className = "alone";
  said.textContent = `The console did not start: ${error}. Reload the page, or try a current browser.`;
  document.body.replaceChildren(said);
});
