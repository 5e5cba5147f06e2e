-- ¿Qué enunciados hay, para otros programas? Una fila por enunciado, en el orden de los
-- documentos. Los nombres de columna son públicos: cambiarlos rompe planillas ajenas.
-- `posicion` ordena y no sale.
select
    enunciado_id,
    dialogo_id,
    dialogo,
    es_ficticio,
    region_id,
    region,
    anio,
    tema_id,
    tema,
    mesa,
    nivel_atribucion,
    pregunta,
    texto,
    naturaleza,
    tipo,
    recurso,
    instrumentos,
    certeza,
    reitera_a,
    seccion,
    parrafo,
    lugar,
    libro,
    codificado_por,
    posicion
from seleccion
order by posicion
