-- ¿Qué preguntas quedaron respondidas en cada tema? Una fila por pregunta y tema en que
-- se hizo, en los diálogos filtrados. Una pregunta común es una sola. Cuenta todo lo
-- que la responde; cero es «sin registro».
with bloques as (
    select
        q.pregunta_id,
        coalesce(q.clave, q.pregunta_id) as clave,
        q.clave is not null as es_comun,
        q.texto,
        td.tema_id,
        t.nombre as tema,
        count(e.enunciado_id) as enunciados
    from preguntas as q
    inner join temas_dialogo as td on q.tema_dialogo_id = td.tema_dialogo_id
    inner join temas as t on td.tema_id = t.tema_id
    inner join elegidos as d on td.dialogo_id = d.dialogo_id
    left join enunciados as e on q.pregunta_id = e.pregunta_id
    where
        (:tema is null or array_contains(:tema, td.tema_id))
        and (
            :pregunta is null
            or array_contains(:pregunta, coalesce(q.clave, q.pregunta_id))
        )
    group by q.pregunta_id, q.clave, q.texto, td.tema_id, t.nombre
),

primeros as (
    select
        clave,
        min(texto) as pregunta,
        min(tema_id) as primer_tema,
        count(distinct tema_id) as temas
    from bloques
    group by clave
)

select
    p.clave as pregunta_id,
    p.pregunta,
    b.tema_id,
    concat(cast(b.tema_id as string), '. ', b.tema) as tema,
    max(b.es_comun) as es_comun,
    sum(b.enunciados) as enunciados,
    count(*) as bloques,
    sum(case when b.enunciados > 0 then 1 else 0 end) as con_registro,
    case when sum(b.enunciados) = 0 then 'sin registro' else 'con registro' end
        as registro
from bloques as b
inner join primeros as p on b.clave = p.clave
group by p.clave, p.pregunta, p.primer_tema, p.temas, b.tema_id, b.tema
order by
    case when p.temas > 1 then 1 else 0 end, p.primer_tema, p.clave, b.tema_id
