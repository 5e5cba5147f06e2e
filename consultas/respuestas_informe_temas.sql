-- ¿Cuánto se respondió en cada tema? Una fila por tema de diálogo con recomendaciones
-- en la selección. La unidad es la recomendación: las que comparten una respuesta se
-- cuentan todas.
with por_tema as (
    select
        s.tema_dialogo_id,
        s.dialogo,
        s.es_ficticio,
        concat(s.tema_numero, '. ', s.tema) as tema,
        count(*) as recomendaciones,
        count(r.respuesta_id) as respondidas,
        count(*) filter (where r.resultado = 'aceptada') as aceptadas,
        count(*) filter (where r.resultado = 'aceptada en parte') as en_parte,
        count(*) filter (where r.resultado = 'no acogida') as no_acogidas,
        count(*) filter (where r.estado = 'cerrada') as cerradas,
        count(*) - count(r.respuesta_id) as sin_respuesta,
        min(s.posicion) as posicion
    from seleccion as s
    left join respuestas_enunciados as l on s.enunciado_id = l.enunciado_id
    left join respuestas as r on l.respuesta_id = r.respuesta_id
    where s.naturaleza = 'recomendacion'
    group by s.tema_dialogo_id, s.dialogo, s.es_ficticio, s.tema_numero, s.tema
)

select
    tema_dialogo_id,
    dialogo,
    es_ficticio,
    tema,
    recomendaciones,
    respondidas,
    aceptadas,
    en_parte,
    no_acogidas,
    cerradas,
    sin_respuesta
from por_tema
order by posicion
