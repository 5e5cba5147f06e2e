// Al desplegarse un filtro, pide cuántos enunciados hay tras cada valor y lo pone a su
// lado. Streamlit solo sabe de textos fijos: un número en ellos cambiaría lo elegido.
(() => {
  const DESPLEGADO = "[data-testid=stMultiSelectDropdown] [role=listbox]";
  const anotar = (lista, cuantos) => {
    lista.querySelectorAll("[role=option]").forEach((opcion) => {
      const etiqueta = opcion.textContent.trim();
      if (!Object.hasOwn(cuantos, etiqueta)) opcion.removeAttribute("data-cuantos");
      else if (opcion.dataset.cuantos !== cuantos[etiqueta]) {
        opcion.dataset.cuantos = cuantos[etiqueta];
      }
    });
  };
  const contar = async (lista) => {
    const control = document.querySelector(`input[aria-controls="${CSS.escape(lista.id)}"]`);
    const filtro = control?.closest("[class*=st-key-f_]")?.className.match(/st-key-f_(\w+)/)?.[1];
    if (!filtro) return;
    const respuesta = await fetch(`/tablero/cuantos/${filtro}${location.search}`);
    if (!respuesta.ok) return;
    const cuantos = await respuesta.json();
    anotar(lista, cuantos);
    // Las opciones se reusan al desplazarse y al escribir.
    new MutationObserver(() => anotar(lista, cuantos)).observe(lista, {
      subtree: true, childList: true, characterData: true,
    });
  };
  new MutationObserver((cambios) => {
    if (!cambios.some((cambio) => cambio.addedNodes.length)) return;
    document.querySelectorAll(DESPLEGADO).forEach((lista) => {
      if (lista.tableroContada) return;
      lista.tableroContada = true;
      contar(lista);
    });
  }).observe(document.body ?? document.documentElement, { subtree: true, childList: true });
})();
