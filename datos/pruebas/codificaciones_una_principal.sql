-- Enunciados que en alguna faceta no tienen exactamente una codificación principal.
with facetas as (
    select unnest(['naturaleza', 'tipo', 'recurso']) as faceta
),

cuentas as (
    select
        e.fila,
        e.enunciado_id,
        f.faceta,
        count(c.codificacion_id) as principales
    from enunciados as e
    cross join facetas as f
    left join codificaciones as c
        on
            e.enunciado_id = c.enunciado_id
            and f.faceta = c.faceta
            and c.es_principal
    group by e.fila, e.enunciado_id, f.faceta
)

select
    'enunciados' as tabla,
    fila,
    'enunciado_id' as columna,
    concat(
        '«', enunciado_id, '» tiene ', principales, ' codificaciones principales de ',
        faceta, '.'
    ) as problema,
    'Deje en codificaciones.csv una sola con es_principal en true.' as remedio
from cuentas
where principales <> 1
order by fila, faceta;
