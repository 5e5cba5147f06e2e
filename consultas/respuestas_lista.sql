-- ¿Qué se respondió a cada recomendación? Una fila por recomendación de la selección;
-- las vencidas primero y después por fecha. Las que siguen a las `desde` primeras,
-- hasta la `limite`. `cuales` acota por estado («todas», no). Vencida: su fecha es
-- anterior a `hoy` y no está cerrada.
with respondidas as (
    select
        s.posicion,
        e.respuesta_id,
        r.vence,
        coalesce(r.vence < :hoy and r.estado <> 'cerrada', false) as es_vencida,
        case r.estado
            when 'pendiente' then 'pendientes'
            when 'en curso' then 'en-curso'
            when 'cerrada' then 'cerradas'
            else 'sin-respuesta'
        end as cual
    from seleccion as s
    left join respuestas_enunciados as e on s.enunciado_id = e.enunciado_id
    left join respuestas as r on e.respuesta_id = r.respuesta_id
    where s.naturaleza = 'recomendacion'
),

primeras as (
    select
        posicion,
        respuesta_id,
        vence,
        es_vencida
    from respondidas
    where :cuales = 'todas' or cual = :cuales or (:cuales = 'vencidas' and es_vencida)
    order by
        case when es_vencida then 0 else 1 end,
        vence asc nulls last,
        posicion
    limit :limite
),

numeradas as (
    select
        posicion,
        respuesta_id,
        es_vencida,
        row_number() over (
            order by
                case when es_vencida then 0 else 1 end,
                vence asc nulls last,
                posicion
        ) as lugar
    from primeras
),

compartidas as (
    select
        respuesta_id,
        count(*) as enunciados
    from respuestas_enunciados
    group by respuesta_id
)

select
    s.enunciado_id,
    s.dialogo,
    concat(s.tema_numero, '. ', s.tema) as tema,
    s.texto,
    n.respuesta_id,
    r.version,
    r.unidad,
    r.resultado,
    r.responsable,
    r.vence,
    coalesce(r.estado, 'sin respuesta') as situacion,
    n.es_vencida,
    coalesce(c.enunciados - 1, 0) as comparte_con
from numeradas as n
inner join lectura_enunciados as s on n.posicion = s.posicion
left join respuestas as r on n.respuesta_id = r.respuesta_id
left join compartidas as c on n.respuesta_id = c.respuesta_id
where n.lugar > :desde
order by n.lugar
