-- ¿Qué bloques de preguntas tienen algún enunciado que los responda? Una fila por
-- bloque de los diálogos y temas filtrados; «sin registro»: ninguno en el
-- documento; «sin codificar»: los hay y esperan código.
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
    case
        when registrados = 0 and sueltos > 0 then 'sin asignar'
        when registrados = 0 then 'sin registro'
        when enunciados = 0 then 'sin codificar'
        else 'con registro'
    end as registro
from bloques
order by region_orden, anio nulls last, dialogo_id, tema_numero, orden
