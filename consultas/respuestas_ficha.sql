-- ¿Qué se respondió a una recomendación? Una fila, o ninguna si no lo es o no existe.
-- No mira los filtros.
select
    s.enunciado_id,
    s.dialogo,
    concat(s.tema_numero, '. ', s.tema) as tema,
    s.tema_id,
    s.tipo,
    s.tipo_nombre,
    s.texto,
    s.es_ficticio,
    r.respuesta_id,
    r.version,
    r.unidad,
    r.resultado,
    r.razon,
    r.accion,
    r.responsable,
    r.vence,
    r.estado,
    r.avance,
    r.evidencia
from lectura_enunciados as s
left join respuestas_enunciados as e on s.enunciado_id = e.enunciado_id
left join respuestas as r on e.respuesta_id = r.respuesta_id
where
    s.enunciado_id = :enunciado
    and s.naturaleza = 'recomendacion'
    and (:solo_reales is null or not s.es_ficticio)
order by s.enunciado_id
