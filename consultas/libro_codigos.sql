-- ¿Qué significa cada código y cuántos enunciados lo llevan? Una fila por código.
-- Solo versiones publicadas; `rige` dice si es la de hoy. Cuenta todos los enunciados,
-- sin filtros: describe el libro, no la selección.
with usos as (
    select
        c.libro_id,
        c.faceta,
        c.codigo,
        count(*) as enunciados
    from vigentes as c
    where c.es_principal
    group by c.libro_id, c.faceta, c.codigo
)

select
    k.libro_id,
    k.faceta,
    k.codigo,
    k.nombre,
    k.definicion,
    k.incluir,
    k.excluir,
    k.ejemplo,
    k.prioridad,
    coalesce(u.enunciados, 0) as enunciados,
    v.lugar = 1 as rige
from codigos as k
inner join versiones as v on k.libro_id = v.libro_id
left join usos as u
    on k.libro_id = u.libro_id and k.faceta = u.faceta and k.codigo = u.codigo
order by
    v.lugar,
    case k.faceta when 'naturaleza' then 1 when 'tipo' then 2 else 3 end,
    k.orden,
    k.codigo
