-- ¿Qué bloques de preguntas tienen algún enunciado que los responda? Una fila por
-- bloque de los diálogos y temas filtrados; cero es «sin registro» en las conclusiones.
select
    dialogo,
    tema_id,
    concat(tema_id, '. ', tema) as tema,
    pregunta_id,
    orden,
    pregunta,
    es_comun,
    interrogantes,
    enunciados,
    case when enunciados = 0 then 'sin registro' else 'con registro' end as registro
from bloques
order by region_orden, anio nulls last, dialogo_id, tema_numero, orden
