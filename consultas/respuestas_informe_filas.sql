-- ¿Qué se respondió a cada recomendación? Una fila por recomendación de la selección,
-- en el orden de los documentos, con su respuesta o con todo lo de ella vacío. Las
-- primeras `limite`; con `solo_respondidas`, de las que la tienen.
-- `comparten` cuenta las recomendaciones que tienen esa misma respuesta, todas.
with compartidas as (
    select
        respuesta_id,
        count(*) as comparten
    from respuestas_enunciados
    group by respuesta_id
)

select
    s.enunciado_id,
    s.tema_dialogo_id,
    s.dialogo,
    s.es_ficticio,
    c.nombre as comuna,
    concat(s.tema_numero, '. ', s.tema) as tema,
    s.pregunta,
    s.texto,
    r.respuesta_id,
    r.resultado,
    r.razon,
    r.accion,
    r.unidad,
    r.vence,
    r.estado,
    k.comparten
from seleccion as s
inner join dialogos as d on s.dialogo_id = d.dialogo_id
left join comunas as c on d.comuna_id = c.comuna_id
left join respuestas_enunciados as l on s.enunciado_id = l.enunciado_id
left join respuestas as r on l.respuesta_id = r.respuesta_id
left join compartidas as k on r.respuesta_id = k.respuesta_id
where
    s.naturaleza = 'recomendacion'
    and (not :solo_respondidas or r.respuesta_id is not null)
order by s.posicion
limit :limite
