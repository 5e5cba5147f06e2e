// Streamlit no traduce sus propios textos. Aquí se cambian, uno por uno y enteros, los
// que una persona puede encontrar. Los datos no se tocan: van en componentes propios.
(() => {
  const TEXTOS = {
    "Skip to main content": "Saltar al contenido",
    "App pages": "Páginas del tablero",
    "Sidebar": "Filtros",
    "Expand sidebar": "Mostrar los filtros",
    "Collapse sidebar": "Ocultar los filtros",
    "Open sidebar": "Mostrar los filtros",
    "Close sidebar": "Ocultar los filtros",
    "Open navigation": "Abrir el menú",
    "Open": "Abrir",
    "Close": "Cerrar",
    "Close popup": "Cerrar",
    "Dismiss": "Cerrar",
    "Clear all": "Quitar todo",
    "Clear value": "Borrar",
    "Clear entry": "Borrar",
    "Clear selection": "Quitar la selección",
    "Clear": "Borrar",
    "Cancel": "Cancelar",
    "No results": "No hay más que elegir",
    "No options to select": "No hay opciones",
    "Select all": "Elegir todo",
    "Selected values": "Valores elegidos",
    "All selected options have been cleared.": "Se quitaron todas las opciones.",
    "Choose options": "Elija",
    "Choose an option": "Elija",
    "Press Enter to apply": "Enter para aplicar",
    "Search": "Buscar",
    "Fullscreen": "Pantalla completa",
    "Close fullscreen": "Salir de pantalla completa",
    "View fullscreen": "Pantalla completa",
    "Main menu": "Menú",
    "View less": "Ver menos",
    "Running...": "Actualizando…",
    "Running": "Actualizando",
    "Stop": "Detener",
    "Rerun": "Actualizar",
    "Settings": "Ajustes",
    "Print": "Imprimir",
    "Theme": "Apariencia",
    "Light": "Clara",
    "Dark": "Oscura",
    "System": "La del equipo",
    "Loading": "Cargando",
    "Loading...": "Cargando…",
    "Connecting": "Conectando",
    "CONNECTING": "Conectando",
    "Please wait...": "Un momento…",
    "Connection error": "Se perdió la conexión",
    "Connection lost. Please wait for the app to reconnect, then try again.":
      "Se perdió la conexión. Espere a que vuelva e intente de nuevo.",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "El tablero no responde. Se reconectará solo cuando vuelva a estar en marcha.",
    "Connection timed out.": "Se agotó el tiempo de espera.",
    "Page not found": "Esa página no existe",
    "The page that you have requested does not seem to exist. Running the app's main page.":
      "Se muestra la página de inicio.",
    "An error has occurred, please try again.": "Algo falló. Intente de nuevo.",
    "Download failed": "No se pudo descargar",
    "Upload": "Elegir archivo",
    "Add files": "Elegir otro archivo",
    "Drag and drop a file here": "Arrastre aquí un archivo",
    "Drag and drop files here": "Arrastre aquí los archivos",
    "Delete file": "Quitar el archivo",
    "Remove file": "Quitar el archivo",
    "Pagination": "Páginas de la lista",
    "Previous page": "Página anterior",
    "Next page": "Página siguiente",
    "Choose date range": "Elegir los días",
    "Date range": "Días",
    "Next month": "Mes siguiente",
    "Previous month": "Mes anterior",
    "Quick select a date range": "Elegir un período",
    "Select...": "Elija",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.":
      "Con las flechas se cambia de día, con Enter se elige y con Escape se cierra.",
    "Increment": "Aumentar",
    "Decrement": "Disminuir",
    "Increment value": "Aumentar",
    "Decrement value": "Disminuir",
    "Step up": "Aumentar",
    "Step down": "Disminuir",
    "Number is above the allowed range.": "El número es mayor que lo admitido.",
    "Number is below the allowed range.": "El número es menor que lo admitido.",
  };
  const MESES = Object.fromEntries(["January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December"].map((m, i) =>
    [m, "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(" ")[i]]));
  const PARTES = { month: "mes", day: "día", year: "año" };
  const PUNTAS = { start: "desde", end: "hasta" };
  const FORMAS = [
    [/^Choose date range, (.+)$/, "Elegir los días, $1"],
    [/^(month|day|year), (.+) (start|end) date$/,
      (_, parte, rotulo, cual) => `${PARTES[parte]}, ${rotulo}, ${PUNTAS[cual]}`],
    [/^(.+) (start|end) date$/, (_, rotulo, cual) => `${rotulo}, ${PUNTAS[cual]}`],
    [/^Selected Date: (\w+) (\d+), (\d+)$/,
      (_, mes, dia, anio) => `Fecha elegida: ${dia} de ${MESES[mes]} de ${anio}`],
    [/^(\d+)\s?([KMG]B) per file( • .+)?$/, "Hasta $1 $2 por archivo$3"],
    [/^View (\d+) more$/, "Ver $1 más"],
    [/^dd([-/])mm\1yyyy$/i, "dd$1mm$1aaaa"],
    [/^(\d+)\.(\d+)\s?([KMG]B)$/, "$1,$2 $3"],
    [/^Page (\d+)$/, "Página $1"],
    [/^Remove (.+)$/, "Quitar $1"],
    [/^Delete (.+)$/, "Quitar $1"],
    [/^(.+) files are not allowed\.$/, "No se admiten archivos $1."],
    [/^File must be (.+) or smaller\.$/, "El archivo debe pesar $1 o menos."],
    [/^(?:Error: )?Number is outside the allowed range\. Please enter a value between (.+) and (.+)\.$/,
      "Debe estar entre $1 y $2."],
    [/^(?:Error: )?(?:AxiosError: )?Request failed with status code 413$/,
      "El archivo pesa más de lo que se admite."],
    [/^(?:Error: )?(?:AxiosError: )?Request failed with status code 403$/,
      "Aquí no se reciben archivos. Vuelva a cargar la página."],
    [/^(?:Error: )?(?:AxiosError: )?Request failed with status code 429$/,
      "Se subieron demasiados archivos. Espere unos minutos."],
    [/^Help for (.+)$/, "Ayuda: $1"],
    [/^(\d+) options? available\.$/, "Opciones disponibles: $1."],
    [/^(.+), selected\.?$/, "$1, elegida."],
    [/^(.+) has been removed\.$/, "Se quitó $1."],
    [/^You have requested page (.*), but no corresponding file was found in the app's pages\/ directory\. Running the app's main page\.$/,
      "La página $1 no existe. Se muestra la de inicio."],
  ];
  const ATRIBUTOS = ["aria-label", "title", "placeholder", "aria-description", "alt"];
  const traducir = (texto) => {
    const limpio = texto.trim();
    if (limpio in TEXTOS) return texto.replace(limpio, TEXTOS[limpio]);
    for (const [forma, cambio] of FORMAS) {
      if (forma.test(limpio)) return limpio.replace(forma, cambio);
    }
    return texto;
  };
  const propio = (e) => e && e.closest && e.closest(".stHtml, script, style, textarea");
  const enTexto = (n) => {
    if (propio(n.parentElement)) return;
    const nuevo = traducir(n.data);
    if (nuevo !== n.data) n.data = nuevo;
  };
  const enElemento = (e) => {
    for (const a of ATRIBUTOS) {
      const v = e.getAttribute(a);
      if (v && traducir(v) !== v) e.setAttribute(a, traducir(v));
    }
    // Lo que se desplaza también se alcanza con el teclado.
    if (/(^|\s)st-key-mapa_/.test(e.className)) e.tabIndex = 0;
  };
  const recorrer = (raiz) => {
    if (raiz.nodeType === Node.TEXT_NODE) return enTexto(raiz);
    if (raiz.nodeType !== Node.ELEMENT_NODE) return;
    enElemento(raiz);
    const paso = document.createTreeWalker(raiz, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    while (paso.nextNode()) {
      const n = paso.currentNode;
      if (n.nodeType === Node.TEXT_NODE) enTexto(n); else enElemento(n);
    }
  };
  const iniciar = () => {
    recorrer(document.body);
    new MutationObserver((cambios) => cambios.forEach((c) => {
      if (c.type === "characterData") enTexto(c.target);
      else if (c.type === "attributes") enElemento(c.target);
      else c.addedNodes.forEach(recorrer);
    })).observe(document.body, {
      subtree: true, childList: true, characterData: true,
      attributes: true, attributeFilter: ATRIBUTOS,
    });
  };
  // Al imprimir, una figura se achica entera a su hoja en vez de cortarse.
  addEventListener("beforeprint", () => {
    document.querySelectorAll(".js-plotly-plot .main-svg").forEach((svg) => {
      const ancho = svg.getAttribute("width"), alto = svg.getAttribute("height");
      svg.setAttribute("viewBox", `0 0 ${ancho} ${alto}`);
    });
  });
  // Lo que se va a revisar queda a la vista, aunque se haya pulsado más abajo.
  document.addEventListener("click", (evento) => {
    if (!evento.target.closest("[data-hacer=candidato], .st-key-decidir button, .st-key-siguiente button")) return;
    setTimeout(() => document.querySelector(".st-key-revision, .st-key-de_que")
      ?.scrollIntoView({ block: "start" }), 500);
  });
  // Hace algo cuando cambia lo que dice una parte de la página, si llega a cambiar.
  const alCambiar = (cual, intentos, hacer) => {
    const parte = () => document.querySelector(cual);
    const antes = parte()?.textContent;
    let veces = 0;
    const reloj = setInterval(() => {
      const cambio = parte()?.textContent && parte().textContent !== antes;
      if (cambio) hacer(parte());
      if (cambio || ++veces > intentos) clearInterval(reloj);
    }, 100);
  };
  // En un teléfono el menú cubre la página: elegida una, se cierra.
  document.addEventListener("click", (evento) => {
    if (innerWidth >= 768 || !evento.target.closest("[data-testid=stSidebar] a")) return;
    document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
  });
  // Una ficha se abre arriba de su tabla: se va a ella, aunque se haya pulsado muy abajo.
  document.addEventListener("click", (evento) => {
    const fila = evento.target.closest("[data-hacer=abrir], [data-hacer=recomendacion]");
    if (!fila) return;
    alCambiar(".st-key-ficha", 50, (ficha) => ficha.scrollIntoView({ block: "start" }));
  });
  // Tras guardar viene otro enunciado: se lee desde arriba, no desde sus controles. Si no
  // se guardó, sigue el mismo, y lo que falta se dice abajo.
  document.addEventListener("click", (evento) => {
    if (!evento.target.closest(".st-key-guardar_y_seguir button, .st-key-adjudicar button")) return;
    alCambiar(".cita", 30, () => {
      document.querySelector("[data-testid=stMain]")?.scrollTo({ top: 0 });
    });
  });
  // Streamlit no oye su atajo si el foco está en una píldora, un botón o una lista: ellos
  // toman la tecla antes. Desde un texto, al soltarlo se envía lo escrito.
  document.addEventListener("keydown", (evento) => {
    if (evento.key !== "Enter" || !(evento.ctrlKey || evento.metaKey)) return;
    const guardar = document.querySelector(".st-key-guardar_y_seguir button:not(:disabled)");
    if (!guardar || evento.target.closest(".stSidebar")) return;
    evento.preventDefault();
    evento.stopImmediatePropagation();
    if (evento.repeat) return;
    document.activeElement.blur();
    setTimeout(() => guardar.click());
  }, true);
  // Lo pulsado en una tabla antes de que se tienda el puente no se pierde.
  document.addEventListener("click", (evento) => {
    const boton = evento.target.closest("[data-hacer]");
    if (boton && !window.tableroPuente) {
      window.tableroPulsado = [boton.dataset.hacer, boton.dataset.valor];
    }
  }, true);
  if (document.body) iniciar(); else addEventListener("DOMContentLoaded", iniciar);
})();
