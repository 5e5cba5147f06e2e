// Lleva al servidor lo que se pulsa en las tablas, que son HTML sin programa.
// Cada botón lleva data-hacer y data-valor; el servidor decide qué significan.
export default function ({ parentElement, setTriggerValue }) {
  const raiz = document.documentElement;
  // Los colores son los del tema: aquí solo se numeran, para las marcas de las tablas.
  const colores = () => {
    const estilo = getComputedStyle(parentElement.host ?? parentElement);
    const lista = estilo.getPropertyValue("--st-chart-categorical-colors");
    lista.split(/,(?![^(]*\))/).forEach((color, i) => {
      raiz.style.setProperty(`--marca-${i}`, color.trim());
    });
  };
  const alPulsar = (evento) => {
    const fila = evento.target.closest("[data-hacer]");
    if (!fila || getSelection().toString()) return;
    setTriggerValue("pulsado", [fila.dataset.hacer, fila.dataset.valor]);
  };
  colores();
  document.addEventListener("click", alPulsar);
  window.tableroPuente = true;
  if (window.tableroPulsado) setTriggerValue("pulsado", window.tableroPulsado);
  window.tableroPulsado = null;
  return () => {
    window.tableroPuente = false;
    document.removeEventListener("click", alPulsar);
  };
}
