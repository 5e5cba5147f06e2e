-- ¿Qué versiones del libro de códigos hay y cuánto se hizo con cada una? Una fila por
-- versión. `lecturas` y `contados` no miran filtros; `contados` son enunciados.
-- Una que nunca se publicó y no tiene códigos se descartó.
with puestos as (
    select
        libro_id,
        count(*) as codigos
    from codigos
    group by libro_id
),

leidas as (
    select
        l.libro_id,
        count(*) as lecturas
    from lecturas as l
    where
        (
            :solo_reales is null
            or l.enunciado_id in (
                select e.enunciado_id
                from enunciados as e
                inner join temas_dialogo as td using (tema_dialogo_id)
                inner join dialogos as d using (dialogo_id)
                where not d.es_ficticio
            )
        )
    group by l.libro_id
),

contadas as (
    select
        c.libro_id,
        count(*) as contados
    from vigentes as c
    where c.es_principal and c.faceta = 'tipo'
    group by c.libro_id
)

select
    l.libro_id,
    l.nombre,
    l.fecha,
    case
        when p.lugar = 1 then 'rige'
        when p.lugar is not null then 'anterior'
        when k.codigos is null then 'descartada'
        else 'en preparación'
    end as estado_libro,
    v.desde_libro_id,
    o.nombre as desde_nombre,
    coalesce(v.motivo, l.nota) as motivo,
    v.version,
    coalesce(k.codigos, 0) as codigos,
    coalesce(n.lecturas, 0) as lecturas,
    coalesce(c.contados, 0) as contados
from libros as l
left join libros_versiones as v on l.libro_id = v.libro_id
left join versiones as p on l.libro_id = p.libro_id
left join libros as o on v.desde_libro_id = o.libro_id
left join puestos as k on l.libro_id = k.libro_id
left join leidas as n on l.libro_id = n.libro_id
left join contadas as c on l.libro_id = c.libro_id
order by case when p.lugar is null then 1 else 2 end, p.lugar, l.libro_id desc
