-- ¿Quiénes codificaron y cómo? Una fila por seudónimo.
with activos as (
    select distinct codificador_id
    from vigentes
)

select
    q.codificador_id,
    q.clase,
    q.descripcion
from codificadores as q
inner join activos as a on q.codificador_id = a.codificador_id
order by q.clase, q.codificador_id
