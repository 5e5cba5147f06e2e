-- ¿Qué se respondió a una misma pregunta en cada diálogo? Una fila por pregunta común a
-- dos o más de los diálogos filtrados y diálogo que la hizo. Cuenta todo lo que la
-- responde; cero es «sin registro».
with comunes as (
    select
        clave,
        min(pregunta) as pregunta,
        min(tema_id) as primer_tema
    from bloques
    group by clave
    having count(distinct dialogo_id) > 1
),

contadas as (
    select
        c.clave as pregunta_id,
        c.pregunta,
        b.dialogo_id,
        b.dialogo,
        dense_rank() over (order by b.region_orden, b.anio nulls last, b.dialogo_id)
            as dialogo_orden,
        sum(b.enunciados) as enunciados,
        count(*) as bloques,
        sum(case when b.enunciados > 0 then 1 else 0 end) as con_registro,
        case
            when sum(b.registrados) = 0 and sum(b.sueltos) > 0 then 'sin asignar'
            when sum(b.registrados) = 0 then 'sin registro'
            when sum(b.enunciados) = 0 then 'sin codificar'
            else 'con registro'
        end as registro,
        c.primer_tema
    from bloques as b
    inner join comunes as c on b.clave = c.clave
    group by
        c.clave, c.pregunta, c.primer_tema, b.dialogo_id, b.dialogo, b.region_orden,
        b.anio
)

select
    pregunta_id,
    pregunta,
    dialogo_id,
    dialogo,
    dialogo_orden,
    enunciados,
    bloques,
    con_registro,
    registro
from contadas
order by primer_tema, pregunta_id, dialogo_orden
