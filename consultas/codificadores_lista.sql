-- ¿Quiénes codificaron y cómo? Una fila por seudónimo.
with activos as (
    select distinct c.codificador_id
    from codificaciones as c
    where
        c.enunciado_id not in (select r.enunciado_id from retirados as r)
        and (
            :solo_reales is null
            or c.enunciado_id in (
                select e.enunciado_id
                from lectura_enunciados as e
                where not e.es_ficticio
            )
        )
)

select
    q.codificador_id,
    q.clase,
    q.descripcion
from codificadores as q
inner join activos as a on q.codificador_id = a.codificador_id
order by q.clase, q.codificador_id
