-- Cómo se llama cada código y en qué orden va: una fila por faceta y código.
-- Se llama como en la última versión publicada que lo tiene; el que ya no rige lo dice.
with versiones as (
    select
        l.libro_id,
        row_number() over (
            order by v.publicado desc nulls last, l.fecha desc, l.libro_id desc
        ) as lugar
    from libros as l
    left join libros_versiones as v using (libro_id)
    where v.libro_id is null or v.publicado is not null
)

select
    k.faceta,
    k.codigo,
    case
        when min(v.lugar) = 1 then arg_min(k.nombre, v.lugar)
        else concat(arg_min(k.nombre, v.lugar), ' (', k.codigo, ', código retirado)')
    end as nombre,
    arg_min(k.orden, v.lugar) as orden
from codigos as k
inner join versiones as v using (libro_id)
group by k.faceta, k.codigo
order by k.faceta, k.codigo
