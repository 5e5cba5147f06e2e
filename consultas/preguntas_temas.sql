-- ¿Qué preguntas quedaron respondidas en cada tema? Una fila por pregunta y tema en que
-- se hizo, en los diálogos filtrados. Una pregunta común es una sola. Cuenta todo lo
-- que la responde; cero es «sin registro».
with primeros as (
    select
        clave,
        min(pregunta) as pregunta,
        min(tema_id) as primer_tema,
        count(distinct tema_id) as temas
    from bloques
    group by clave
),

contadas as (
    select
        p.clave as pregunta_id,
        p.pregunta,
        b.tema_id,
        concat(cast(b.tema_id as string), '. ', b.tema_canonico) as tema,
        max(b.es_comun) as es_comun,
        sum(b.enunciados) as enunciados,
        count(*) as bloques,
        sum(case when b.enunciados > 0 then 1 else 0 end) as con_registro,
        case
            when sum(b.registrados) = 0 and sum(b.sueltos) > 0 then 'sin asignar'
            when sum(b.registrados) = 0 then 'sin registro'
            when sum(b.enunciados) = 0 then 'sin codificar'
            else 'con registro'
        end as registro,
        p.primer_tema,
        case when p.temas > 1 then 1 else 0 end as varios
    from bloques as b
    inner join primeros as p on b.clave = p.clave
    group by p.clave, p.pregunta, p.primer_tema, p.temas, b.tema_id, b.tema_canonico
)

select
    pregunta_id,
    pregunta,
    tema_id,
    tema,
    es_comun,
    enunciados,
    bloques,
    con_registro,
    registro
from contadas
order by varios, primer_tema, pregunta_id, tema_id
