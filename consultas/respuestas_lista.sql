-- ¿Qué se respondió a cada recomendación? Una fila por recomendación de la selección;
-- las vencidas primero y después por fecha. `cuales` acota por estado («todas», no).
-- Vencida: su fecha es anterior a `hoy` y no está cerrada.
with compartidas as (
    select
        respuesta_id,
        count(*) as enunciados
    from respuestas_enunciados
    group by respuesta_id
),

respondidas as (
    select
        s.enunciado_id,
        s.dialogo,
        s.tema_id,
        concat(s.tema_numero, '. ', s.tema) as tema,
        s.tipo,
        s.tipo_nombre,
        s.texto,
        s.posicion,
        r.respuesta_id,
        r.version,
        r.unidad,
        r.resultado,
        r.responsable,
        r.vence,
        case r.estado
            when 'pendiente' then 'pendientes'
            when 'en curso' then 'en-curso'
            when 'cerrada' then 'cerradas'
            else 'sin-respuesta'
        end as cual,
        coalesce(r.estado, 'sin respuesta') as situacion,
        coalesce(r.vence < :hoy and r.estado <> 'cerrada', false) as es_vencida,
        coalesce(c.enunciados - 1, 0) as comparte_con
    from seleccion as s
    left join respuestas_enunciados as e on s.enunciado_id = e.enunciado_id
    left join respuestas as r on e.respuesta_id = r.respuesta_id
    left join compartidas as c on e.respuesta_id = c.respuesta_id
    where s.naturaleza = 'recomendacion'
)

select
    enunciado_id,
    dialogo,
    tema_id,
    tema,
    tipo,
    tipo_nombre,
    texto,
    respuesta_id,
    version,
    unidad,
    resultado,
    responsable,
    vence,
    situacion,
    es_vencida,
    comparte_con
from respondidas
where :cuales = 'todas' or cual = :cuales or (:cuales = 'vencidas' and es_vencida)
order by case when es_vencida then 0 else 1 end, vence asc nulls last, posicion
